import Knowledge

/// Finds the word of a question that names what is asked for.
enum FocusWord {
  /// The first meaningful word behind the question word, or the first of all: "salary" in "What is the
  /// salary of the director?", "days" in "How many days may I stay?".
  static func index(in words: [String]) -> Int? {
    let opening = words.firstIndex(where: questionWords.contains).map { $0 + 1 } ?? 0
    func isMeaningful(_ index: Int) -> Bool {
      !QueryTerms.stopWords.contains(words[index]) && !measures.contains(words[index])
    }
    return words.indices.dropFirst(opening).first(where: isMeaningful)
      ?? words.indices.first(where: isMeaningful)
  }

  private static let questionWords: Set<String> = [
    "what", "which", "who", "whom", "whose", "when", "where", "why", "how",
  ]
  /// Words that ask for something without naming it.
  private static let measures: Set<String> = [
    "much", "many", "long", "often", "far", "soon", "old", "give", "get", "kind", "sort", "name",
  ]
}
