extension PairedSample {
  /// Percentile interval of the mean difference by resampling whole clusters with replacement.
  ///
  /// Each resample draws G clusters and takes Σ sums / Σ counts; the interval lies between the
  /// quantiles (1 ± confidence)/2, interpolated linearly between order statistics (Davison & Hinkley
  /// 1997, section 3.8; Efron 1979, doi:10.1214/aos/1176344552). The same seed gives the same
  /// interval.
  ///
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  public func bootstrapInterval(
    seed: UInt64,
    confidence: Double = 0.95,
    resamples: Int = 10_000
  ) throws -> Interval {
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    precondition(resamples > 0, "a bootstrap needs at least one resample")
    try requireTwoClusters(for: "bootstrap interval")
    var generator = SeededGenerator(seed: seed)
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      var questions = 0
      for _ in 0..<clusterCount {
        let cluster = clusters[generator.index(below: clusterCount)]
        sum += cluster.sum
        questions += cluster.count
      }
      means.append(sum / Double(questions))
    }
    means.sort()
    return Interval(
      lower: Self.quantile((1 - confidence) / 2, ofSorted: means),
      upper: Self.quantile((1 + confidence) / 2, ofSorted: means),
      confidence: confidence
    )
  }

  private static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
    let position = probability * Double(values.count - 1)
    let below = Int(position)
    let above = min(below + 1, values.count - 1)
    return values[below] + (position - Double(below)) * (values[above] - values[below])
  }
}
