/// What the plans of an embedder and of a reranker have in common: examples with their hard negatives, and
/// which of them each step takes.
struct RankingSteps: Sendable {
  let data: RankingData
  /// For each example its hard negatives; none if empty.
  let negatives: [[Int]]
  let settings: RankingSettings
  let order: RankingOrder

  /// - Throws: ``FineTuningError`` if a setting makes no sense, or the negatives are not one list for
  ///   each example.
  init(
    _ data: RankingData,
    negatives: [[Int]],
    settings: RankingSettings
  ) throws(FineTuningError) {
    try settings.validate()
    let fits = negatives.allSatisfy { $0.allSatisfy(data.passages.indices.contains) }
    guard negatives.isEmpty || negatives.count == data.examples.count, fits else {
      throw FineTuningError(
        .invalidExample,
        "The hard negatives do not belong to these examples.",
        subject: "hard negatives",
        remedy: "Mine them on the same examples and passages."
      )
    }
    self.data = data
    self.negatives = negatives
    self.settings = settings
    order = RankingOrder(data.examples, settings: settings)
  }

  /// Tells plans apart.
  ///
  /// - Parameters:
  ///   - kind: what is made of the examples.
  ///   - validation: what it is measured on.
  ///   - validationNegatives: the hard negatives of these examples.
  /// - Returns: a digest of data, negatives and settings.
  func fingerprint(
    _ kind: String,
    validation: RankingData?,
    _ validationNegatives: [[Int]] = []
  ) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(kind)
    for number in [
      settings.questionsPerStep, settings.questionsPerGroup, settings.negativesPerQuestion,
      settings.tokensPerPass, Int(truncatingIfNeeded: settings.seed),
    ] { fingerprint.add(number) }
    for data in [data, validation].compactMap(\.self) { data.add(to: &fingerprint) }
    for list in negatives + validationNegatives {
      fingerprint.add(list.map { Int32(truncatingIfNeeded: $0) })
    }
    return fingerprint.text
  }
}
