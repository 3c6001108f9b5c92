/// Whole numbers at equal distances, as `range` gives them.
struct PythonRange {
  let start: Int
  let stop: Int
  let step: Int
  let count: Int

  /// The most numbers that Jinja's sandbox allows.
  private static let longest = 100_000

  init(start: Int, stop: Int, step: Int) throws {
    guard step != 0 else { throw PythonError("The step of a range must not be zero.") }
    self.start = start
    self.stop = stop
    self.step = step
    let (distance, overflow) =
      step > 0 ? stop.subtractingReportingOverflow(start) : start.subtractingReportingOverflow(stop)
    guard !overflow, step != .min else { throw PythonError.overflow }
    count = distance <= 0 ? 0 : (distance - 1) / abs(step) + 1
    guard count <= Self.longest else {
      throw PythonError("A range has at most \(Self.longest) numbers.")
    }
  }

  var items: [PythonValue] { (0..<count).map { .int(start + $0 * step) } }
}
