/// A word of a query, made harmless.
enum DatabaseTerm {
  /// An FTS5 string: nothing in it is an operator.
  static func quoted(_ term: String) -> String {
    "\""
      + plain(term).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// Without U+0000, which would end the query.
  static func plain(_ term: String) -> String {
    DatabaseText.words(term)
  }
}
