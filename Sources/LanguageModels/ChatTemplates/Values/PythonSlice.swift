/// The bounds of `[start:stop:step]`, each of which may be missing.
struct PythonSlice {
  private let start: Int?
  private let stop: Int?
  private let step: Int

  init(_ start: PythonValue, _ stop: PythonValue, _ step: PythonValue) throws {
    self.start = try Self.bound(start)
    self.stop = try Self.bound(stop)
    self.step = try Self.bound(step) ?? 1
    guard self.step != 0 else { throw PythonError("The step of a slice must not be zero.") }
  }

  private static func bound(_ value: PythonValue) throws -> Int? {
    if case .none = value { return nil }
    guard let number = value.wholeNumber else {
      throw PythonError("A slice needs whole numbers, not a \(value.typeName).")
    }
    return number
  }

  /// The places that the slice takes from a sequence of `count` items.
  func places(of count: Int) -> [Int] {
    func clamped(_ bound: Int, _ low: Int, _ high: Int) -> Int {
      let place = bound < 0 ? bound + count : bound
      return min(max(place, low), high)
    }
    // No step beyond the length reaches a second item, and shorter ones cannot overflow.
    let step = min(max(step, -count - 1), count + 1)
    if step > 0 {
      let first = start.map { clamped($0, 0, count) } ?? 0
      let end = stop.map { clamped($0, 0, count) } ?? count
      return Array(stride(from: first, to: end, by: step))
    }
    let first = start.map { clamped($0, -1, count - 1) } ?? count - 1
    let end = stop.map { clamped($0, -1, count - 1) } ?? -1
    return Array(stride(from: first, to: end, by: step))
  }
}
