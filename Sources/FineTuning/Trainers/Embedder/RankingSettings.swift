/// How questions and passages are put together in the training of an embedder or a reranker.
public struct RankingSettings: Sendable, Equatable, Codable {
  /// Questions of one step. In an embedder's training the passages of the others are a question's wrong
  /// passages, so more questions are a harder task.
  public var questionsPerStep = 32
  /// How many questions of the same group come together in a step.
  public var questionsPerGroup = 4
  /// Hard negatives taken for each question of a step, where some were mined.
  public var negativesPerQuestion = 0
  /// The most tokens of a question, special tokens included.
  public var questionTokens = 64
  /// The most tokens of a passage, special tokens included. Shorter passages train faster.
  public var passageTokens = 128
  /// The most tokens that go through the model at once. A step with more is cut into several passes,
  /// each with its own negatives.
  public var tokensPerPass = 16_384
  /// Decides the order, and which passages are taken.
  public var seed: UInt64 = 0

  /// The usual settings.
  public init() {}

  /// Refuses settings that make no sense.
  ///
  /// - Throws: ``FineTuningError`` with code `invalidSettings`.
  func validate() throws(FineTuningError) {
    func require(_ isGood: Bool, _ subject: String, _ remedy: String) throws(FineTuningError) {
      guard !isGood else { return }
      throw FineTuningError(
        .invalidSettings,
        "This setting is out of its range.",
        subject: subject,
        remedy: remedy
      )
    }
    try require(questionsPerStep >= 2, "questionsPerStep", "Use at least 2, such as 32.")
    try require(questionsPerGroup >= 1, "questionsPerGroup", "Use at least 1.")
    try require(negativesPerQuestion >= 0, "negativesPerQuestion", "Use 0 or more.")
    try require(questionTokens >= 8, "questionTokens", "Use at least 8, such as 64.")
    try require(passageTokens >= 8, "passageTokens", "Use at least 8, such as 128.")
    try require(tokensPerPass >= 16, "tokensPerPass", "Use at least 16, such as 16384.")
  }
}
