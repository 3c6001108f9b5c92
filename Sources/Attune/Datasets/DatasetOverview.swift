public import Datasets

/// How much a dataset holds.
public struct DatasetOverview: Sendable, Hashable, Encodable {
  /// How many of something there are; what there is none of is left out.
  public struct Counts: Sendable, Hashable, Encodable {
    public var train = 0
    public var validation = 0
    public var test = 0
    /// Kept examples that belong to no split yet.
    public var unsplit = 0
  }

  /// The dataset's name.
  public var name: String
  /// All examples.
  public var examples: Int
  /// Examples nobody has decided about.
  public var candidates: Int
  /// Examples to train on, stale ones included.
  public var kept: Int
  /// Examples not to train on.
  public var dropped: Int
  /// Kept examples whose document changed or is gone; they are left out of training.
  public var stale: Int
  /// How the kept examples are divided, stale ones left out.
  public var splits: Counts
  /// How many examples came to be in which way.
  public var origins: [String: Int]
  /// The version of what would be trained on: kept examples that are not stale.
  public var version: DatasetVersion

  init(name: String, examples: [StoredExample]) {
    self.name = name
    self.examples = examples.count
    candidates = examples.count { $0.state == .candidate }
    dropped = examples.count { $0.state == .dropped }
    let kept = examples.filter { $0.state == .kept }
    self.kept = kept.count
    stale = kept.count(where: \.isStale)
    let usable = kept.filter { !$0.isStale }.compactMap(\.example)
    splits = Counts(
      train: usable.count { $0.split == .train },
      validation: usable.count { $0.split == .validation },
      test: usable.count { $0.split == .test },
      unsplit: usable.count { $0.split == nil }
    )
    origins = Dictionary(grouping: examples, by: \.origin.rawValue).mapValues(\.count)
    version = DatasetVersion(of: usable)
  }
}
