/// Whether two answers to the same question exclude each other.
enum AnswerConflict {
  /// Whether the numbers and dates let both be true: those of one are all among those of the other. In
  /// texts with as many numbers each has to stand as often, as the number of a list may be the value
  /// that another text has in its place.
  static func valuesAgree(_ first: ComparableText, _ second: ComparableText) -> Bool {
    if first.values.count == second.values.count { return first.values == second.values }
    let left = Set(first.values)
    let right = Set(second.values)
    return left.isSubset(of: right) || right.isSubset(of: left)
  }

  /// Whether the answers exclude each other. Wordings that contain each other or share most words do
  /// not, unless numbers, dates, names, a denial or opposite words differ; nor do answers to a request
  /// that has many right ones.
  static func isConflict(
    _ first: PreparedExample,
    _ second: PreparedExample,
    _ match: WordMatch,
    _ vocabulary: Vocabulary
  ) -> Bool {
    let (left, right) = (first.answer, second.answer)
    guard left.wordCount > 0, right.wordCount > 0, left.wordsHash != right.wordsHash else {
      return false
    }
    let isOpen = isOpenRequest(first.prompt)
    if let yes = affirmation(left), let other = affirmation(right), yes != other { return true }
    let isSameStatement = match.overlap >= 0.5 && match.jaccard >= 0.4
    if isSameStatement || !isOpen && min(left.wordCount, right.wordCount) <= 40 {
      if !valuesAgree(left, right) { return true }
      if ExampleComparison.differsInNames(left, right, match) { return !isOpen || isSameStatement }
      if ExampleComparison.hasOpposites(match, vocabulary) { return true }
    }
    if match.overlap >= 0.75, match.jaccard >= 0.6, left.negations != right.negations {
      return true
    }
    if isOpen { return false }
    // Short answers with nothing in common name different things.
    return match.overlap < 0.34 && Set(left.values).isDisjoint(with: right.values)
      && min(left.wordCount, right.wordCount) <= 40
  }

  /// Whether a text asks for something that can be done in many ways.
  static func isOpenRequest(_ prompt: ComparableText) -> Bool {
    prompt.opening.prefix(4).contains { WordLexicon.openRequests.contains($0) }
  }

  /// Yes is true, no is false; nil where the answer begins with neither.
  private static func affirmation(_ answer: ComparableText) -> Bool? {
    switch answer.opening.first {
    case "yes", "true", "correct", "ja", "oui", "sí", "si": true
    case "no", "false", "incorrect", "nein", "non": false
    default: nil
    }
  }
}
