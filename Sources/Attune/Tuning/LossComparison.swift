/// The loss of the same texts by two models: each text's mean over its tokens, paired, clustered by
/// document.
public struct LossComparison: Codable, Sendable, Equatable {
  /// How many texts.
  public var texts: Int
  /// How many documents they came from.
  public var documents: Int
  /// Nats for a token, before.
  public var before: Double
  /// Nats for a token, after.
  public var after: Double
  /// After − before, the mean over texts; negative is better.
  public var difference: Double
  /// The ends of its 95% interval; nil where there are too few documents to tell.
  public var lower: Double?
  public var upper: Double?

  /// Compares losses text by text; nil where there are no texts.
  ///
  /// - Parameters:
  ///   - before: mean loss of each text by the first model.
  ///   - after: by the second, in the same order.
  ///   - documents: what each text came from.
  init?(before: [Double], after: [Double], documents: [String]) {
    guard let means = PairedMeans(before: before, after: after, documents: documents) else {
      return nil
    }
    texts = before.count
    self.documents = Set(documents).count
    self.before = means.before
    self.after = means.after
    difference = means.difference
    lower = means.lower
    upper = means.upper
  }

  /// Whether the second model is surely worse: its loss is higher beyond what chance explains.
  public var isWorse: Bool { lower.map { $0 > 0 } ?? (difference > 0) }

  /// Whether the second model is surely better.
  public var isBetter: Bool { upper.map { $0 < 0 } ?? false }
}
