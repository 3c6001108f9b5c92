/// What came of questions of which some have no answer in the data.
///
/// Every question falls into one of five cases. Shares without anything to divide by are absent.
public struct AbstentionCounts: Codable, Hashable, Sendable {
  /// Answerable, answered rightly.
  public var right = 0
  /// Answerable, answered wrongly.
  public var wrong = 0
  /// Answerable, but no answer was given.
  public var withheld = 0
  /// Not answerable, and no answer was given.
  public var abstained = 0
  /// Not answerable, but an answer was given.
  public var invented = 0

  public init() {}

  /// Counts one question. `isCorrect` matters only where it is answerable and was answered.
  public mutating func add(isAnswerable: Bool, abstained didAbstain: Bool, isCorrect: Bool) {
    switch (isAnswerable, didAbstain) {
    case (true, true): withheld += 1
    case (true, false): if isCorrect { right += 1 } else { wrong += 1 }
    case (false, true): abstained += 1
    case (false, false): invented += 1
    }
  }

  public var total: Int { right + wrong + withheld + abstained + invented }
  /// The share of all questions that got an answer.
  public var coverage: Double? { share(right + wrong + invented, of: total) }
  /// The share of wrong or invented answers among those given.
  public var risk: Double? { share(wrong + invented, of: right + wrong + invented) }
  /// The share of answerable questions answered rightly.
  public var accuracyOnAnswerable: Double? { share(right, of: right + wrong + withheld) }
  /// The share of unanswerable questions on which no answer was given.
  public var abstentionRecall: Double? { share(abstained, of: abstained + invented) }
  /// The share of unanswerable questions among those on which no answer was given.
  public var abstentionPrecision: Double? { share(abstained, of: abstained + withheld) }
  /// The mean of the shares of answerable questions answered and unanswerable ones not answered.
  public var balancedAccuracy: Double? {
    guard let answered = share(right + wrong, of: right + wrong + withheld), let abstentionRecall
    else { return nil }
    return 0.5 * (answered + abstentionRecall)
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
