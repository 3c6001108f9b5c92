/// Two ways of answering, measured on the same questions, with the cluster each question belongs to.
///
/// Questions about one document are not independent, so documents, not questions, are what a
/// comparison counts. Everything derived here works on the differences first − second.
public struct PairedSample: Sendable {
  /// One question's two scores.
  public struct Pair: Codable, Hashable, Sendable {
    /// What the question shares with others: usually its document.
    public var cluster: String
    public var first: Double
    public var second: Double

    public init(cluster: String, first: Double, second: Double) {
      self.cluster = cluster
      self.first = first
      self.second = second
    }
  }

  /// Clusters in the order of their names, so that sums repeat to the last bit.
  let clusters: [ClusteredMean.Cluster]
  let differences: [Double]

  /// Number of questions.
  public var count: Int { differences.count }
  /// Number of clusters.
  public var clusterCount: Int { clusters.count }
  /// The mean difference first − second over questions.
  public var meanDifference: Double { clusters.reduce(0) { $0 + $1.sum } / Double(count) }

  /// Takes in the scores.
  ///
  /// - Throws: ``EvaluationError`` where there are none, or one is not finite.
  public init(_ pairs: [Pair]) throws {
    guard !pairs.isEmpty else {
      throw EvaluationError(
        .noData,
        "There are no pairs to compare.",
        subject: "paired comparison",
        remedy: "Measure both ways of answering on the same questions."
      )
    }
    var byName: [String: ClusteredMean.Cluster] = [:]
    for pair in pairs {
      guard pair.first.isFinite, pair.second.isFinite else {
        throw EvaluationError(
          .invalidValue,
          "A score of cluster \(pair.cluster) is not a finite number.",
          subject: "paired comparison",
          remedy: "Leave out questions that could not be scored."
        )
      }
      byName[pair.cluster, default: ClusteredMean.Cluster()].count += 1
      byName[pair.cluster, default: ClusteredMean.Cluster()].sum += pair.first - pair.second
    }
    clusters = byName.sorted { $0.key < $1.key }.map(\.value)
    differences = pairs.map { $0.first - $0.second }
  }

  func requireTwoClusters(for measure: String) throws {
    guard clusterCount >= 2 else {
      throw EvaluationError(
        .tooFewClusters,
        "All questions belong to one document, so nothing says how documents vary.",
        subject: measure,
        remedy: "Ask questions about at least two documents."
      )
    }
  }
}
