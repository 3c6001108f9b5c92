public import FineTuning

/// What to tune a reranker on, and how.
public struct RerankerTuningRequest: Codable, Sendable, Equatable {
  /// The adapter's name.
  public var name: String
  /// An installed embedding model or a folder; the configured embedder if nil.
  public var model: String?
  public var data: TuningSource
  public var settings = TrainingSettings()
  public var ranking = RankingSettings()
  /// What a passage that surely answers gets on top of its score; chosen on validation questions if nil.
  public var weight: Double?
  /// The adapter to go on from.
  public var parent: String?

  /// A request with the usual settings: twice through the questions, each with its passage and three that
  /// the workspace's own search takes for answers.
  public init(name: String, data: TuningSource) {
    self.name = name
    self.data = data
    settings.learningRate = 1e-3
    settings.warmUpShare = 0.1
    settings.length = .epochs(2)
    ranking.questionsPerStep = 16
    ranking.questionsPerGroup = 1
    ranking.negativesPerQuestion = 3
  }
}
