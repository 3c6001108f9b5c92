/// Advice as a report shows it above its figures.
public struct AdviceSection: Sendable {
  /// What to do, in one sentence.
  public var headline: String
  /// Why, in sentences that each carry a figure.
  public var reasons: [String]
  /// What would change the advice.
  public var changes: [String]
  public var nextStep: String
  /// By arm (its identifier), the share of weightings drawn around the given weights under which it
  /// comes first.
  public var sensitivity: [(arm: String, share: Double)]

  public init(
    headline: String,
    reasons: [String],
    changes: [String],
    nextStep: String,
    sensitivity: [(arm: String, share: Double)]
  ) {
    self.headline = headline
    self.reasons = reasons
    self.changes = changes
    self.nextStep = nextStep
    self.sensitivity = sensitivity
  }
}
