/// Finds the first of some texts in a stream, and holds back what may be the beginning of one.
struct StopMatcher {
  private let stops: [[UInt8]]
  private var pending: [UInt8] = []

  /// Empty texts are passed over: they would stop before anything is said.
  init(_ stops: [String]) {
    self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }
  }

  /// Adds text.
  ///
  /// - Returns: what certainly comes before any stop, and whether one has been found.
  mutating func push(_ text: String) -> (text: String, isStopped: Bool) {
    guard !stops.isEmpty else { return (text, false) }
    pending += Array(text.utf8)
    // A stop begins with the first byte of a character, so that a cut there splits none.
    for start in pending.indices {
      let rest = pending[start...]
      if stops.contains(where: { rest.starts(with: $0) }) {
        defer { pending = [] }
        return (String(decoding: pending[..<start], as: UTF8.self), true)
      }
      if stops.contains(where: { $0.starts(with: rest) }) {
        defer { pending.removeFirst(start) }
        return (String(decoding: pending[..<start], as: UTF8.self), false)
      }
    }
    defer { pending = [] }
    return (String(decoding: pending, as: UTF8.self), false)
  }

  /// What was held back, now that nothing follows.
  mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }
}
