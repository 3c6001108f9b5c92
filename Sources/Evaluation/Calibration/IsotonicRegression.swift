/// A rising step function from confidence to the share of right answers, fitted by least squares.
///
/// By pooling adjacent violators (Ayer et al. 1955, doi:10.1214/aoms/1177728423; for calibration
/// Zadrozny & Elkan 2002, doi:10.1145/775047.775151).
public struct IsotonicRegression: Codable, Hashable, Sendable {
  /// Confidences at the lower end of each step, rising.
  public var starts: [Double]
  /// The share of right answers on each step, rising.
  public var values: [Double]

  /// Fits the function.
  ///
  /// - Throws: ``EvaluationError`` where there are no outcomes, or a confidence is not finite.
  public init(_ outcomes: [ScoredOutcome]) throws {
    var blocks: [(start: Double, correct: Int, count: Int)] = []
    for group in try outcomes.groupedByConfidence(for: "isotonic regression").reversed() {
      blocks.append((group.confidence, group.correct, group.count))
      // Shares are compared as products of whole numbers, so equal ones are equal.
      while let last = blocks.last, let before = blocks.dropLast().last,
        before.correct * last.count >= last.correct * before.count
      {
        blocks.removeLast(2)
        blocks.append((before.start, before.correct + last.correct, before.count + last.count))
      }
    }
    starts = blocks.map(\.start)
    values = blocks.map { Double($0.correct) / Double($0.count) }
  }

  /// The calibrated probability: the value of the step that the confidence falls on; below all steps,
  /// the first.
  public func probability(_ confidence: Double) -> Double {
    values[max(0, starts.partitioningIndex { $0 > confidence } - 1)]
  }
}

extension [Double] {
  /// The index of the first element for which `predicate` holds, in an array where it holds from some
  /// point on; the count where it never does.
  fileprivate func partitioningIndex(where predicate: (Double) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
