/// How long a training lasts.
public enum TrainingLength: Sendable, Hashable, Codable {
  /// So many times through all examples.
  case epochs(Int)
  /// So many steps of the optimizer.
  case steps(Int)

  /// The number of steps.
  public func steps(perEpoch: Int) -> Int {
    switch self {
    case .epochs(let count): count * perEpoch
    case .steps(let count): count
    }
  }
}
