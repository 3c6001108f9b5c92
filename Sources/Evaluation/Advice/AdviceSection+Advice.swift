extension AdviceSection {
  /// The advice as a report shows it.
  public init(_ advice: Advice) {
    self.init(
      headline: advice.headline,
      reasons: (advice.reasons + advice.omissions).map(\.sentence),
      changes: advice.whatWouldChange,
      nextStep: [advice.nextStep.sentence, advice.nextStep.command].compactMap(\.self)
        .joined(separator: " "),
      sensitivity: advice.arms.map { ($0.arm, $0.shareOfNearWeightings) }
    )
  }
}
