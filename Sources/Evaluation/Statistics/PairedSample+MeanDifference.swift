extension PairedSample {
  /// The mean difference with its cluster-robust t interval.
  ///
  /// Variance of the mean: Σ_g c_g·(Σ_{i∈g} (dᵢ − d̄))² / n², for n questions; c_g and the degrees of
  /// freedom of t are those of the ``ClusterCorrection``. With one question per cluster it is the
  /// paired t test.
  ///
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  public func meanDifference(
    confidence: Double = 0.95,
    correction: ClusterCorrection = .liangZeger
  ) throws -> MeanDifference {
    precondition(confidence > 0 && confidence < 1, "a confidence level lies between 0 and 1")
    try requireTwoClusters(for: "mean difference")
    let measured = ClusteredMean(clusters, correction: correction)
    let mean = measured.mean
    let standardError = measured.variance.squareRoot()
    let degreesOfFreedom = measured.degreesOfFreedom
    let quantile = StudentT.quantile(0.5 + confidence / 2, degreesOfFreedom: degreesOfFreedom)
    // Without any spread the difference is certain or nil; t itself would be 0/0 or infinite.
    let pValue =
      standardError > 0
      ? StudentT.twoSidedP(mean / standardError, degreesOfFreedom: degreesOfFreedom)
      : (mean == 0 ? 1 : 0)
    return MeanDifference(
      mean: mean,
      standardError: standardError,
      confidence: confidence,
      lower: mean - quantile * standardError,
      upper: mean + quantile * standardError,
      degreesOfFreedom: degreesOfFreedom,
      pValue: pValue,
      questions: count,
      clusters: clusterCount,
      sizeVariation: sizeVariation,
      step: stepsPerUnit.map { 1 / Double($0) } ?? 0
    )
  }

  private var sizeVariation: Double {
    let mean = Double(count) / Double(clusterCount)
    let squares = clusters.reduce(0.0) {
      $0 + (Double($1.count) - mean) * (Double($1.count) - mean)
    }
    return squares / Double(clusterCount) / (mean * mean)
  }
}
