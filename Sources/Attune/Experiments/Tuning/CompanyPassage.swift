/// A passage of the example company as the store has it.
struct CompanyPassage {
  /// In what relevance is judged.
  var key: String
  /// The document it belongs to.
  var document: String
  /// The document's title.
  var title: String
  /// The headings above it.
  var headings: [String]
  /// What is put in front when it is embedded.
  var prefix: String
  /// The passage.
  var body: String
  /// The cells, where it is the row of a table.
  var columns: [(name: String, value: String)]
}
