import Evaluation

/// nDCG@10 before and after a training, on the same questions.
struct EmbedderChange {
  let before: [Double]
  let after: [Double]
  let comparison: PairedComparison

  init(
    before: [Double],
    after: [Double],
    queries: [RetrievalQuery],
    seed: UInt64
  ) throws {
    self.before = before
    self.after = after
    let pairs = queries.indices.map { index in
      PairedSample.Pair(
        cluster: queries[index].cluster,
        first: after[index],
        second: before[index]
      )
    }
    comparison = try PairedComparison(PairedSample(pairs), seed: seed)
  }

  init(
    _ before: EmbedderMeasurement,
    _ after: EmbedderMeasurement,
    on set: TuningSet,
    seed: UInt64
  ) throws {
    try self.init(
      before: before.nDCG(set),
      after: after.nDCG(set),
      queries: set.queries,
      seed: seed
    )
  }

  var meanBefore: Double { before.reduce(0, +) / Double(max(1, before.count)) }
  var meanAfter: Double { after.reduce(0, +) / Double(max(1, after.count)) }
  /// How much of what was missing to 1 is gone.
  var closed: Double { meanBefore < 1 ? (meanAfter - meanBefore) / (1 - meanBefore) : 0 }
}
