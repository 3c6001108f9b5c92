public import Answering
public import Evaluation
public import Knowledge

/// What `attune.yaml` says. Every part may be left out; the defaults are the measured ones.
public struct WorkspaceConfiguration: Hashable, Sendable {
  /// A source as configured.
  public struct Source: Codable, Hashable, Sendable {
    /// Unique in the workspace; stands in citations as `attune://<name>/…`.
    public var name: String
    /// A folder, file or SQLite database; relative to the workspace's folder.
    public var path: String

    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// The version of the file's format.
  public static let currentVersion = 1

  public var sources: [Source] = []
  /// Name of an installed embedding model.
  public var embedder = "all-MiniLM-L6-v2"
  public var generator = GeneratorChoice.answerModel
  /// How a generator writes.
  public var generation = WritingSettings()
  public var search = SearchSettings()
  public var context = ContextSettings()
  public var answers = AnswerSettings()
  /// Files larger than this are not read, in MiB.
  public var maximumFileMegabytes = 64
  /// What the machine draws while it computes, in watts; nil where that is not known.
  public var watts: Double?
  /// What an hour of the machine and its energy cost; nil where that is not known.
  public var prices: MachinePrices?
  /// How much the criteria of an advice count.
  public var advice = AdviceWeights.standard

  public init() {}
}
