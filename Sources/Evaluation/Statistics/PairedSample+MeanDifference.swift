extension PairedSample {
  /// The mean difference with its cluster-robust t interval.
  ///
  /// Variance of the mean: G/(G − 1) · Σ_g (Σ_{i∈g} (dᵢ − d̄))² / n², for G clusters and n questions;
  /// the interval takes t with G − 1 degrees of freedom (Liang & Zeger 1986,
  /// doi:10.1093/biomet/73.1.13; Cameron & Miller 2015, doi:10.3368/jhr.50.2.317). With one question
  /// per cluster it is the paired t test.
  ///
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  public func meanDifference(confidence: Double = 0.95) throws -> MeanDifference {
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    try requireTwoClusters(for: "mean difference")
    let mean = meanDifference
    let g = Double(clusterCount)
    let n = Double(count)
    let squares = clusters.reduce(0.0) { sum, cluster in
      let residual = cluster.sum - Double(cluster.count) * mean
      return sum + residual * residual
    }
    let standardError = (g / (g - 1) * squares).squareRoot() / n
    let quantile = StudentT.quantile(0.5 + confidence / 2, degreesOfFreedom: g - 1)
    // Without any spread the difference is certain or nil; t itself would be 0/0 or infinite.
    let pValue =
      standardError > 0
      ? StudentT.twoSidedP(mean / standardError, degreesOfFreedom: g - 1) : (mean == 0 ? 1 : 0)
    return MeanDifference(
      mean: mean,
      standardError: standardError,
      confidence: confidence,
      lower: mean - quantile * standardError,
      upper: mean + quantile * standardError,
      degreesOfFreedom: clusterCount - 1,
      pValue: pValue,
      questions: count,
      clusters: clusterCount
    )
  }
}
