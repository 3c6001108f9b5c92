/// What a training asks of the machine beside arithmetic.
public struct TrainingEnvironment: Sendable {
  /// Time since a fixed moment.
  public var now: @Sendable () -> Duration
  /// The most memory that this process has taken so far, in bytes; nil where it cannot be told.
  public var peakMemory: @Sendable () -> Int?

  /// An environment.
  public init(
    now: @escaping @Sendable () -> Duration,
    peakMemory: @escaping @Sendable () -> Int?
  ) {
    self.now = now
    self.peakMemory = peakMemory
  }

  /// The machine's own clock and memory.
  public static func system() -> TrainingEnvironment {
    let start = ContinuousClock.now
    return TrainingEnvironment(
      now: { ContinuousClock.now - start },
      peakMemory: { ProcessMemory.peak }
    )
  }
}
