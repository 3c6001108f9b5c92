/// Tokens per second over the latest steps.
struct TrainingSpeed {
  private var steps: [(tokens: Int, seconds: Double)] = []

  private static let window = 16

  mutating func note(tokens: Int, time: Duration) {
    steps.append((tokens, time / .seconds(1)))
    if steps.count > Self.window { steps.removeFirst() }
  }

  /// Nil before the first step, or where the clock stood still.
  var tokensPerSecond: Double? {
    let seconds = steps.reduce(0) { $0 + $1.seconds }
    return seconds > 0 ? Double(steps.reduce(0) { $0 + $1.tokens }) / seconds : nil
  }
}
