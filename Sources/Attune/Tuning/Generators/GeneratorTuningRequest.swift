public import FineTuning
public import LanguageModels

/// What to tune a generator on, and how.
public struct GeneratorTuningRequest: Codable, Sendable, Equatable {
  /// The adapter's name.
  public var name: String
  /// An installed model, a folder or a GGUF file; the configured generator if nil.
  public var model: String?
  public var data: TuningSource
  public var settings: TrainingSettings
  /// In what form the frozen weights are held; as the model is installed if nil.
  public var precision: WeightPrecision?
  /// Whether intermediate results are computed again on the way back: less memory, a third more work.
  public var recomputes = false
  /// The adapter to go on from.
  public var parent: String?
  /// Whether to train on what the check calls worthless.
  public var insists = false
  /// Whether to record what names the examples behind an answer.
  public var recordsInfluence = false
  /// Where each example's passage stands in its question, with so many others that do not answer it: RAFT.
  public var distractors: Int?

  /// A request with the usual settings.
  public init(name: String, data: TuningSource) {
    self.name = name
    self.data = data
    settings = TrainingSettings()
  }
}
