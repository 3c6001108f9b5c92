public import Tokenizers

/// Questions and passages as tokens, with what is known of which passage answers which question.
public struct RankingData: Sendable {
  /// The questions with the numbers of their passages.
  public let examples: [RankingExample]
  /// Tokens of each example's question, special tokens included.
  public let questions: [[Int32]]
  /// Tokens of each passage, special tokens included.
  public let passages: [[Int32]]
  /// For each example every passage that does not count as wrong: those that answer the question, also
  /// where it is asked a second time, those undecided, and copies of all of them.
  public let acceptable: [Set<Int>]
  /// How many passages were cut because they are too long.
  public let cutPassages: Int

  /// Tokenizes questions and passages.
  ///
  /// - Parameters:
  ///   - examples: the questions; positives and undecided passages are places in `passages`.
  ///   - passages: the passages as they are embedded, so with the title in front where it is.
  ///   - tokenizer: the model's tokenizer.
  ///   - settings: how long questions and passages may be.
  ///   - maximumTokens: how long a text the model takes.
  /// - Throws: ``FineTuningError`` with code `invalidExample` if an example names no passage or one
  ///   that is not there; `invalidSettings` if a setting makes no sense.
  public init(
    examples: [RankingExample],
    passages: [String],
    tokenizer: Tokenizer,
    settings: RankingSettings,
    maximumTokens: Int
  ) throws(FineTuningError) {
    try settings.validate()
    for (number, example) in examples.enumerated() {
      let named = example.positives + example.undecided
      guard !example.positives.isEmpty, named.allSatisfy(passages.indices.contains) else {
        throw FineTuningError(
          .invalidExample,
          example.positives.isEmpty
            ? "No passage answers the question." : "It names a passage that is not there.",
          subject: "example \(number + 1)",
          remedy: "Give each question a passage that answers it, or leave it out."
        )
      }
    }
    self.examples = examples
    let questionLimit = min(settings.questionTokens, maximumTokens)
    let passageLimit = min(settings.passageTokens, maximumTokens)
    questions = examples.map { tokenizer.encode($0.question, maximumLength: questionLimit).ids }
    // One token more than fits shows whether anything is cut.
    var cut = 0
    self.passages = passages.map { text in
      let ids = tokenizer.encode(text, maximumLength: passageLimit + 1).ids
      guard ids.count > passageLimit else { return ids }
      cut += 1
      return tokenizer.encode(text, maximumLength: passageLimit).ids
    }
    cutPassages = cut
    acceptable = Self.acceptable(examples, questions: questions, passages: self.passages)
  }

  private static func acceptable(
    _ examples: [RankingExample],
    questions: [[Int32]],
    passages: [[Int32]]
  ) -> [Set<Int>] {
    var byQuestion: [[Int32]: Set<Int>] = [:]
    for (question, example) in zip(questions, examples) {
      byQuestion[question, default: []].formUnion(example.positives)
      byQuestion[question, default: []].formUnion(example.undecided)
    }
    // A copy of a passage says the same.
    var copies: [[Int32]: [Int]] = [:]
    for (number, passage) in passages.enumerated() { copies[passage, default: []].append(number) }
    return questions.map { question in
      var result = byQuestion[question] ?? []
      for number in result { result.formUnion(copies[passages[number]] ?? []) }
      return result
    }
  }
}
