extension MeasuredShare {
  /// The mean of scores between 0 and 1, with Wilson's interval for clustered scores.
  ///
  /// The variance V of the mean is the cluster-robust one of Bell and McCaffrey (see
  /// ``ClusterCorrection/bellMcCaffrey``). The scores count for as many independent ones as have that
  /// variance, n' = m(1 − m)/V, but never for more than there are; Wilson's interval is taken with n',
  /// and t in the place of z (Korn & Graubard 1998, Survey Methodology 24:193; Franco, Little, Louis
  /// & Slud 2019, doi:10.1093/jssam/smy019). The plain interval m ± t·√V covers too seldom near 0
  /// and 1. Without scores there is no share.
  ///
  /// - Parameters:
  ///   - scores: each with what it shares with others, usually its document.
  ///   - confidence: the confidence level of the interval.
  public init?(_ scores: [(cluster: String, score: Double)], confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    guard !scores.isEmpty else { return nil }
    var byName: [String: ClusteredMean.Cluster] = [:]
    for (cluster, score) in scores {
      byName[cluster, default: ClusteredMean.Cluster()].count += 1
      byName[cluster, default: ClusteredMean.Cluster()].sum += score
    }
    // In the order of their names, so that sums repeat to the last bit.
    let clusters = byName.sorted { $0.key < $1.key }.map(\.value)
    let count = Double(scores.count)
    let mean = min(1, max(0, clusters.reduce(0) { $0 + $1.sum } / count))
    self.init(mean: mean, interval: nil, questions: scores.count, clusters: clusters.count)
    guard clusters.count >= 2 else { return }
    let measured = ClusteredMean(clusters, correction: .bellMcCaffrey)
    let spread = mean * (1 - mean)
    let effective = measured.variance * count > spread ? spread / measured.variance : count
    let t = StudentT.quantile(
      0.5 + confidence / 2,
      degreesOfFreedom: measured.degreesOfFreedom
    )
    interval = Self.wilson(mean, count: effective, quantile: t, confidence: confidence)
  }

  private static func wilson(
    _ share: Double,
    count: Double,
    quantile: Double,
    confidence: Double
  ) -> Interval {
    let square = quantile * quantile / count
    let centre = share + square / 2
    let half = (square * (share * (1 - share) + square / 4)).squareRoot()
    return Interval(
      lower: share == 0 ? 0 : max(0, (centre - half) / (1 + square)),
      upper: share == 1 ? 1 : min(1, (centre + half) / (1 + square)),
      confidence: confidence
    )
  }
}
