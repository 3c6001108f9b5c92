extension LearningFit {
  /// What the sentence is about.
  struct Curve {
    let title: String
    let examples: [Int]
    let means: [Double]
    let questions: Int
    let lastStep: Gain
    let whole: Gain
    let slope: Double
  }

  static func sentence(of curve: Curve, target: Target?, needed: Int?) -> String {
    let sizes = AdviceText.list(curve.examples.map { FigureText.count($0) })
    let shares = AdviceText.list(curve.means.map { FigureText.percent($0) })
    let opening =
      "\(curve.title), trained on \(sizes) examples, is right on \(shares) of "
      + "\(FigureText.count(curve.questions, "question"))."
    var sentences = [opening, found(curve)]
    if let target, let outlook = outlook(curve, target: target, needed: needed) {
      sentences.append(outlook)
    }
    return sentences.joined(separator: " ")
  }

  private static func found(_ curve: Curve) -> String {
    let last = curve.lastStep
    let whole = curve.whole
    if last.isShown {
      return "The step \(span(last)) adds \(figures(last)): more examples help."
    }
    if whole.isShown {
      return
        "The way \(span(whole)) adds \(figures(whole)), but for the last step, \(span(last)), no "
        + "gain is shown (\(AdviceText.pValue(last.correctedPValue))): the curve levels off."
    }
    if whole.isHarmShown {
      return
        "The way \(span(whole)) takes away \(figures(whole)): more examples of this kind do harm."
    }
    if last.isHarmShown {
      return "The step \(span(last)) takes away \(figures(last)): the last examples do harm."
    }
    return
      "No gain is shown, neither for the last step (\(AdviceText.pValue(last.correctedPValue))) "
      + "nor from the first to the last (\(AdviceText.pValue(whole.correctedPValue))): these questions "
      + "cannot tell whether more examples would help."
  }

  private static func outlook(_ curve: Curve, target: Target, needed: Int?) -> String? {
    let goal = "the \(FigureText.percent(target.right)) of \(target.title)"
    if let latest = curve.means.last, latest >= target.right {
      return "It has reached \(goal)."
    }
    guard curve.lastStep.isShown || curve.whole.isShown else { return nil }
    guard let needed else {
      return "Reaching \(goal) would take more than "
        + "\(FigureText.short(reasonableFactor)) times the examples, if it can be done at all."
    }
    return "At \(AdviceText.points(curve.slope)) a doubling, about "
      + "\(AdviceText.roughly(needed)) examples would reach \(goal)."
  }

  private static func span(_ gain: Gain) -> String {
    "from \(FigureText.count(gain.from)) to \(FigureText.count(gain.to))"
  }

  private static func figures(_ gain: Gain) -> String {
    "\(AdviceText.points(gain.mean)) (corrected \(AdviceText.pValue(gain.correctedPValue)))"
  }
}
