/// How well two models find the passages that answer the same questions: nDCG@10, paired by question,
/// clustered by document.
public struct RetrievalComparison: Codable, Sendable, Equatable {
  /// How many questions.
  public var questions: Int
  /// How many documents they are about.
  public var documents: Int
  /// Among how many passages the answers were looked for.
  public var passages: Int
  /// nDCG@10 before, from 0 to 1.
  public var before: Double
  /// nDCG@10 after.
  public var after: Double
  /// After − before; positive is better.
  public var difference: Double
  /// The ends of its 95% interval; nil where there are too few documents to tell.
  public var lower: Double?
  public var upper: Double?

  /// Compares question by question.
  ///
  /// - Returns: nil where there are no questions.
  init?(before: [Double], after: [Double], documents: [String], passages: Int) {
    guard let means = PairedMeans(before: before, after: after, documents: documents) else {
      return nil
    }
    questions = before.count
    self.documents = Set(documents).count
    self.passages = passages
    self.before = means.before
    self.after = means.after
    difference = means.difference
    lower = means.lower
    upper = means.upper
  }

  /// How much of what was missing to 1 is gone.
  public var closed: Double { before < 1 ? difference / (1 - before) : 0 }

  /// Whether the second model is surely worse.
  public var isWorse: Bool { upper.map { $0 < 0 } ?? (difference < 0) }

  /// Whether the second model is surely better.
  public var isBetter: Bool { lower.map { $0 > 0 } ?? false }
}
