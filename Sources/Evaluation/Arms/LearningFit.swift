import Foundation

/// What a learning curve says: whether more data helps, and how much would be needed.
///
/// The same questions are put to an arm that was trained on growing parts of its data. Whether a step
/// helped is told by the sign-flip test over documents, of the last step and of the first against the
/// last point, both corrected by Holm at the 5% level. The slope is that of a straight line through the
/// shares of right answers over log₂ of the examples, by least squares.
public struct LearningFit: Sendable {
  /// The arm trained on a part of the data.
  public struct Point: Hashable, Sendable {
    /// Examples that it was trained on.
    public var examples: Int
    /// ``Measure/right`` by question.
    public var scores: [String: Double]

    public init(examples: Int, scores: [String: Double]) {
      self.examples = examples
      self.scores = scores
    }
  }

  /// What the arm is to reach.
  public struct Target: Hashable, Sendable {
    public var title: String
    /// Its share of right answers.
    public var right: Double

    public init(title: String, right: Double) {
      self.title = title
      self.right = right
    }
  }

  /// What one part of the curve added.
  public struct Gain: Hashable, Sendable {
    public var from: Int
    public var to: Int
    /// Of the share of right answers.
    public var mean: Double
    /// Of the sign-flip test, corrected for the two tests that are made.
    public var correctedPValue: Double

    /// Whether it helped, by a difference that was shown.
    public var isShown: Bool { mean > 0 && correctedPValue < 0.05 }
    /// Whether it did harm, by a difference that was shown.
    public var isHarmShown: Bool { mean < 0 && correctedPValue < 0.05 }
  }

  /// More data than this many times the present is beyond reason.
  static let reasonableFactor = 100.0

  public let verdict: LearningReport.Verdict
  /// From the last point but one to the last, and from the first to the last; nil with fewer than two
  /// sizes.
  public let lastStep: Gain?
  public let whole: Gain?
  /// Share of right answers that a doubling of the examples adds; nil with fewer than two sizes.
  public let slopePerDoubling: Double?
  /// Examples with which the line reaches the target, or those at hand where the target is reached. Nil
  /// without a target, where no gain is shown, the slope is not positive, or more than 100 times the
  /// present data would be needed.
  public let examplesNeeded: Int?
  /// Verdict and figures for a reader.
  public let sentence: String

  /// Fits a curve. Only questions that every point has are counted.
  ///
  /// - Parameters:
  ///   - points: in any order; of those with the same number of examples the last counts, and those
  ///     without examples do not.
  ///   - clusters: the document of each question; one that is missing is a document of its own.
  ///   - title: the arm's, for the sentence.
  ///   - target: what it is to reach.
  ///   - seed: of the sign-flip test, where that is not exact.
  /// - Throws: ``EvaluationError`` where the points have no question in common, or a score is not finite.
  public init(
    points: [Point],
    clusters: [String: String],
    title: String,
    target: Target? = nil,
    seed: UInt64
  ) throws {
    let points = Dictionary(
      points.filter { $0.examples > 0 }.map { ($0.examples, $0) },
      uniquingKeysWith: { $1 }
    ).values.sorted { $0.examples < $1.examples }
    guard points.count >= 2 else {
      verdict = .notShown
      lastStep = nil
      whole = nil
      slopePerDoubling = nil
      examplesNeeded = nil
      sentence =
        "\(title) was trained on fewer than two sizes of data, so nothing says whether more would help."
      return
    }
    let last = points[points.count - 1]
    let questions = last.scores.keys.sorted().filter { question in
      points.allSatisfy { $0.scores[question] != nil }
    }
    func gain(from first: Point) throws -> (mean: Double, pValue: Double) {
      let sample = try PairedSample(
        questions.map {
          PairedSample.Pair(
            cluster: clusters[$0] ?? "question \($0)",
            first: last.scores[$0] ?? 0,
            second: first.scores[$0] ?? 0
          )
        }
      )
      return (sample.meanDifference, sample.signFlipTest(seed: seed).pValue)
    }
    let before = points[points.count - 2]
    let gains = try [gain(from: before), gain(from: points[0])]
    // With two points both are one test.
    let pValues =
      points.count > 2 ? ProportionStatistics.holm(gains.map(\.pValue)) : gains.map(\.pValue)
    let lastStep = Gain(
      from: before.examples,
      to: last.examples,
      mean: gains[0].mean,
      correctedPValue: pValues[0]
    )
    let whole = Gain(
      from: points[0].examples,
      to: last.examples,
      mean: gains[1].mean,
      correctedPValue: pValues[1]
    )
    let means = points.map { point in
      questions.reduce(0) { $0 + (point.scores[$1] ?? 0) } / Double(questions.count)
    }
    let line = Self.line(points.map { log2(Double($0.examples)) }, means)
    verdict = lastStep.isShown ? .moreHelps : whole.isShown ? .levelsOff : .notShown
    self.lastStep = lastStep
    self.whole = whole
    slopePerDoubling = line.slope
    examplesNeeded = target.flatMap { target in
      if target.right <= means[means.count - 1] { return last.examples }
      guard lastStep.isShown || whole.isShown, line.slope > 0 else { return nil }
      let needed = exp2((target.right - line.start) / line.slope)
      guard needed <= Self.reasonableFactor * Double(last.examples) else { return nil }
      // The line may pass the target where the last point does not.
      return Int(exactly: needed.rounded(.up)).map { max(last.examples, $0) }
    }
    sentence = Self.sentence(
      of: Curve(
        title: title,
        examples: points.map(\.examples),
        means: means,
        questions: questions.count,
        lastStep: lastStep,
        whole: whole,
        slope: line.slope
      ),
      target: target,
      needed: examplesNeeded
    )
  }

  /// The line of least squares.
  private static func line(_ x: [Double], _ y: [Double]) -> (start: Double, slope: Double) {
    let count = Double(x.count)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let slope = product / spread
    return (meanY - slope * meanX, slope)
  }
}
