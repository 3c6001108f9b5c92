public import FineTuning

/// What to tune an embedder on, and how.
public struct EmbedderTuningRequest: Codable, Sendable, Equatable {
  /// The adapter's name.
  public var name: String
  /// An installed model or a folder; the configured embedder if nil.
  public var model: String?
  public var data: TuningSource
  public var settings = TrainingSettings()
  public var ranking = RankingSettings()
  /// What cosines are divided by.
  public var temperature: Float = 0.05
  /// What the trained update is multiplied by before use, which trades what was learnt against what was
  /// forgotten; chosen on validation questions if nil.
  public var strength: Double?
  /// The adapter to go on from.
  public var parent: String?

  /// A request with the usual settings: three times through the questions, with the first passages that
  /// the others of a step have as wrong ones.
  public init(name: String, data: TuningSource) {
    self.name = name
    self.data = data
    settings.learningRate = 1e-3
    settings.warmUpShare = 0.1
    settings.length = .epochs(3)
  }
}
