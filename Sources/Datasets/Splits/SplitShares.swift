/// How much of the data goes to each split, as shares of one.
public struct SplitShares: Sendable, Hashable, Codable {
  public var train: Double
  public var validation: Double
  public var test: Double

  /// Shares as given.
  ///
  /// - Throws: ``DatasetError`` where a share is negative or not a number, nothing is left to train
  ///   on, or they do not add up to one.
  public init(train: Double, validation: Double, test: Double) throws {
    let shares = [train, validation, test]
    guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }), train > 0,
      abs(shares.reduce(0, +) - 1) < 1e-6
    else {
      throw DatasetError(
        .invalidValue,
        "The shares of the splits must be 0 or more and add up to 1, with some left to train on.",
        subject: shares.map { "\($0)" }.joined(separator: "/"),
        remedy: "Give shares such as 0.8, 0.1 and 0.1."
      )
    }
    self.init(unchecked: (train, validation, test))
  }

  private init(unchecked shares: (train: Double, validation: Double, test: Double)) {
    train = shares.train
    validation = shares.validation
    test = shares.test
  }

  /// Eight tenths to train on, one to stop in time, one to measure.
  public static let standard = SplitShares(unchecked: (0.8, 0.1, 0.1))

  subscript(_ split: Example.Split) -> Double {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
