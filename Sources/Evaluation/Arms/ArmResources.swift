/// What it took to bring an arm about.
public struct ArmResources: Codable, Hashable, Sendable {
  /// Seconds to take in the documents, for an arm that reads them.
  public var indexingSeconds = 0.0
  /// Seconds to train once, mean over the seeds.
  public var trainingSeconds = 0.0
  /// Examples that were trained on.
  public var trainingExamples = 0
  /// The most memory that the process held while the arm answered, in bytes; 0 where not known.
  public var peakMemory = 0

  public init() {}
}
