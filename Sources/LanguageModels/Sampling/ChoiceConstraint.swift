/// The text is one of some given texts, such as citation markers.
public struct ChoiceConstraint: TokenConstraint {
  /// What is left of each text that is still possible.
  private var rests: [ArraySlice<UInt8>]

  /// The text is one of `choices`; empty ones are possible too.
  public init(_ choices: [String]) {
    rests = choices.map { Array($0.utf8)[...] }
  }

  /// Whether one of the texts goes on like this.
  public func accepts(_ bytes: [UInt8]) -> Bool {
    rests.contains { $0.starts(with: bytes) }
  }

  /// Leaves the texts that go on like this.
  public mutating func advance(_ bytes: [UInt8]) {
    rests = rests.filter { $0.starts(with: bytes) }.map { $0.dropFirst(bytes.count) }
  }

  /// Whether one of the texts ends here.
  public var isComplete: Bool { rests.contains(where: \.isEmpty) }
}
