import Knowledge

/// The words in names of tables and columns.
enum NameWords {
  /// Stems of a name's words: "order_lines" and "OrderLines" are both order and line.
  static func stems(of name: String) -> Set<String> {
    var spaced = ""
    for character in name {
      if character.isUppercase, spaced.last?.isLowercase == true { spaced.append(" ") }
      spaced.append(character == "_" || character == "-" ? " " : character)
    }
    return Set(LightStemmer.stems(of: QueryTerms.allWords(of: spaced)))
  }
}
