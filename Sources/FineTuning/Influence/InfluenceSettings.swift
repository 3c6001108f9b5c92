/// How influence is recorded during a training.
public struct InfluenceSettings: Sendable, Equatable, Codable {
  /// How often the parameters are kept, evenly over the training.
  public var snapshots = 5
  /// Numbers that a gradient is projected to: products of two have an error of about 1/√dimension of
  /// the gradients' lengths, and an example takes 4 · dimension · snapshots bytes.
  public var dimension = 4096
  /// Decides the projection.
  public var seed: UInt64 = 0

  /// Five snapshots, gradients of 4,096 numbers.
  public init() {}

  /// The steps, counted from 1, after which parameters are kept: the middles of equal parts.
  public func steps(of all: Int) -> [Int] {
    let count = min(snapshots, all)
    return (0..<max(0, count)).map { ((2 * $0 + 1) * all + 2 * count - 1) / (2 * count) }
  }

  func validate() throws(FineTuningError) {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(FineTuningError) {
      guard range.contains(value) else {
        throw FineTuningError(
          .invalidSettings,
          "\(name) is \(value).",
          subject: name,
          remedy: "Use a number from \(range.lowerBound) to \(range.upperBound)."
        )
      }
    }
    try check("snapshots", snapshots, 1...100)
    try check("dimension", dimension, 16...(1 << 20))
  }
}
