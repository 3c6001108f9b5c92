/// What two examples have to do with each other.
struct ExampleComparison {
  /// Whether they ask the same, word order, case, typing errors and synonyms aside.
  var isSameQuestion: Bool
  /// Whether they are the same example in slightly other words.
  var isNearDuplicate: Bool
  /// Whether the same question has answers that exclude each other.
  var isContradiction: Bool

  /// Compares two examples.
  init(_ first: PreparedExample, _ second: PreparedExample, _ vocabulary: Vocabulary) {
    let question = WordMatch(first.prompt.content, second.prompt.content, vocabulary)
    let hasPrompts = !first.prompt.isEmpty && !second.prompt.isEmpty
    if hasPrompts, question.jaccard < 0.4, !question.isContained {
      // No later rule takes questions that share so little.
      (isSameQuestion, isNearDuplicate, isContradiction) = (false, false, false)
      return
    }
    let answer = WordMatch(first.answer.content, second.answer.content, vocabulary)
    let sameAnswer = Self.isSameAnswer(first.answer, second.answer, answer, vocabulary)
    isSameQuestion =
      hasPrompts && Self.isSame(first.prompt, second.prompt, question, vocabulary)
      && Self.haveSameContext(first, second, vocabulary)
    if hasPrompts {
      isNearDuplicate =
        sameAnswer
        && (isSameQuestion
          || Self.isSimilar(first, second, question: question, answer: answer, vocabulary))
    } else {
      isNearDuplicate =
        first.prompt.isEmpty && second.prompt.isEmpty && sameAnswer && answer.jaccard >= 0.75
    }
    isContradiction =
      !sameAnswer
      && (isSameQuestion && AnswerConflict.isConflict(first, second, answer, vocabulary)
        || hasPrompts && Self.haveSameContext(first, second, vocabulary)
          && Self.isDenial(first, second, question: question, answer: answer, vocabulary))
  }

  /// Whether the passages in the contexts let the same question mean the same.
  private static func haveSameContext(
    _ first: PreparedExample,
    _ second: PreparedExample,
    _ vocabulary: Vocabulary
  ) -> Bool {
    if first.passage.isEmpty || second.passage.isEmpty { return true }
    if first.passage.wordsHash == second.passage.wordsHash { return true }
    let passage = WordMatch(first.passage.content, second.passage.content, vocabulary)
    return passage.overlap >= 0.6
  }

  /// Whether two questions are the same: all content words and numbers, as many negations. In long
  /// ones a plain word in eight may differ.
  private static func isSame(
    _ first: ComparableText,
    _ second: ComparableText,
    _ match: WordMatch,
    _ vocabulary: Vocabulary
  ) -> Bool {
    if first.wordsHash == second.wordsHash { return true }
    guard first.values == second.values, first.negations % 2 == second.negations % 2 else {
      return false
    }
    let differing = max(match.onlyFirst.count, match.onlySecond.count)
    if differing == 0 { return true }
    guard !differsInNames(first, second, match), !hasOpposites(match, vocabulary) else {
      return false
    }
    return differing * 8 <= match.shared
  }

  /// Whether one answer is the other with a denial, word for word, so that a plain word of the questions
  /// may differ too.
  private static func isDenial(
    _ first: PreparedExample,
    _ second: PreparedExample,
    question: WordMatch,
    answer: WordMatch,
    _ vocabulary: Vocabulary
  ) -> Bool {
    answer.shared >= 3 && answer.onlyFirst.isEmpty && answer.onlySecond.isEmpty
      && first.answer.values == second.answer.values
      && abs(first.answer.negations - second.answer.negations) == 1
      && first.prompt.values == second.prompt.values
      && first.prompt.negations % 2 == second.prompt.negations % 2
      && question.onlyFirst.count <= 1 && question.onlySecond.count <= 1 && question.shared >= 2
      && !differsInNames(first.prompt, second.prompt, question)
      && !hasOpposites(question, vocabulary)
  }

  /// Whether answers say the same: one is part of the other, or nearly all words are shared, with the
  /// same numbers and no denial on one side only.
  private static func isSameAnswer(
    _ first: ComparableText,
    _ second: ComparableText,
    _ match: WordMatch,
    _ vocabulary: Vocabulary
  ) -> Bool {
    if first.wordsHash == second.wordsHash { return true }
    guard first.negations == second.negations || match.jaccard < 0.8 && first.wordCount > 12,
      AnswerConflict.valuesAgree(first, second), !differsInNames(first, second, match),
      !hasOpposites(match, vocabulary), first.isEmpty == second.isEmpty
    else { return false }
    if match.shared > 0, match.isContained { return true }
    return match.jaccard >= 0.6 && match.shared >= 3
  }

  /// Whether the words of question and answer together are nearly the same, where the question alone
  /// is not: it needs an answer with enough words to tell.
  private static func isSimilar(
    _ first: PreparedExample,
    _ second: PreparedExample,
    question: WordMatch,
    answer: WordMatch,
    _ vocabulary: Vocabulary
  ) -> Bool {
    guard first.prompt.values == second.prompt.values,
      first.prompt.negations % 2 == second.prompt.negations % 2,
      !differsInNames(first.prompt, second.prompt, question), !hasOpposites(question, vocabulary)
    else { return false }
    // An answer counts as evidence by what it says beyond the question.
    let own = answer.shared
    if own >= 12, answer.jaccard >= 0.7 { return question.jaccard >= 0.4 || question.isContained }
    if own >= 5, answer.jaccard >= 0.7 { return question.jaccard >= 0.55 }
    return question.jaccard >= 0.75 && question.shared >= 4 && answer.jaccard >= 0.7
  }

  /// Whether each has a name that the other lacks.
  static func differsInNames(
    _ first: ComparableText,
    _ second: ComparableText,
    _ match: WordMatch
  ) -> Bool {
    match.onlyFirst.contains { first.names.contains($0) }
      && match.onlySecond.contains { second.names.contains($0) }
  }

  /// Whether a word of one denies a word of the other.
  static func hasOpposites(_ match: WordMatch, _ vocabulary: Vocabulary) -> Bool {
    match.onlyFirst.contains { word in
      guard let opposites = WordLexicon.opposites[vocabulary.words[Int(word)]] else { return false }
      return match.onlySecond.contains { opposites.contains(vocabulary.words[Int($0)]) }
    }
  }
}
