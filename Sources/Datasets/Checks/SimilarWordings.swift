/// Finds questions that are worded like others: what was trained on in nearly the same words cannot
/// measure.
public enum SimilarWordings {
  /// Words of two questions, shared among all, from which on they are the same question: where each has
  /// words of its own, and where one only says more than the other.
  private static let leastShared = (crossed: 0.75, contained: 0.66)

  /// For each question that is asked, the first known one with the same wording or nearly the same:
  /// case, punctuation, word order, inflection, synonyms and typing errors aside, all numbers and names
  /// agree, and at most a plain word in seven is another, or one in three is added.
  ///
  /// - Parameters:
  ///   - asked: the questions.
  ///   - known: the questions that they are compared with.
  /// - Returns: for each of `asked` an index into `known`; nil where none is alike.
  /// - Complexity: O(*n* log *n*) in the number of words, and the pairs that share half of their words.
  public static func matches(of asked: [String], among known: [String]) -> [Int?] {
    var vocabulary = Vocabulary()
    let known = known.map { ComparableText($0, in: &vocabulary) }
    let asked = asked.map { ComparableText($0, in: &vocabulary) }
    vocabulary.findFillers()
    var places: [Int32: [Int]] = [:]
    var byWords: [UInt64: Int] = [:]
    for (index, text) in known.enumerated() {
      for word in Set(text.content + text.values) { places[word, default: []].append(index) }
      if byWords[text.wordsHash] == nil { byWords[text.wordsHash] = index }
    }
    return asked.map { text in
      let same = byWords[text.wordsHash]
      var shared: [Int: Int] = [:]
      let words = Set(text.content + text.values)
      for word in words { for index in places[word] ?? [] { shared[index, default: 0] += 1 } }
      let near = shared.filter { $0.value * 2 >= words.count }.keys.sorted()
        .first { isAlike(text, known[$0], vocabulary) }
      return [same, near].compactMap(\.self).min()
    }
  }

  private static func isAlike(
    _ first: ComparableText,
    _ second: ComparableText,
    _ vocabulary: Vocabulary
  ) -> Bool {
    guard first.values == second.values, first.negations % 2 == second.negations % 2 else {
      return false
    }
    let match = WordMatch(first.content, second.content, vocabulary)
    guard !ExampleComparison.differsInNames(first, second, match),
      !ExampleComparison.hasOpposites(match, vocabulary)
    else { return false }
    if match.onlyFirst.isEmpty, match.onlySecond.isEmpty {
      return match.shared + first.values.count > 0
    }
    let least = match.isContained ? leastShared.contained : leastShared.crossed
    return match.shared >= 3 && match.jaccard >= least
  }
}
