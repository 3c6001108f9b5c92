/// What went wrong in fine-tuning, and what to do about it.
public struct FineTuningError: Error, Sendable, Equatable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// A setting is out of its range, or settings contradict each other.
    case invalidSettings
    /// An example cannot be trained on.
    case invalidExample
    /// There is nothing to train on or to measure with.
    case emptyData
    /// The model cannot be trained this way.
    case unsuitableModel
    /// The loss or a gradient is no longer a number.
    case diverged
    /// A checkpoint is damaged, or belongs to another run.
    case unusableCheckpoint
    /// A file cannot be written.
    case unwritableFile
    /// What was kept to trace answers to training examples is damaged, or of another model.
    case unusableInfluence
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in a sentence.
  public let message: String
  /// The file, setting or example that it is about.
  public let subject: String
  /// What another layer said about it.
  public let cause: String?
  /// What to do next.
  public let remedy: String

  /// An error.
  public init(
    _ code: Code,
    _ message: String,
    subject: String,
    cause: String? = nil,
    remedy: String
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }
}
