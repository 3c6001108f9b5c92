/// A question, most often with a passage, and what is to be written: as tokens.
public struct EncodedReading: Sendable, Equatable {
  /// `[CLS] question [SEP]`, and with a passage `passage [SEP]` behind it.
  public var prefix: [Int32]
  /// The token types of the prefix: 1 for the passage and the end behind it, else 0.
  public var types: [Int]
  /// The tokens of the prefix that may be copied; empty where there is no passage.
  public var copyable: Range<Int>
  /// What the first answer row is given.
  public var start: Int32
  /// The tokens to write, the end included.
  public var targets: [Int32]
  /// For each target the places in the prefix that it may be copied from; empty where it is written.
  public var places: [[Int]]

  /// An encoded example; the model checks it.
  public init(
    prefix: [Int32],
    types: [Int],
    copyable: Range<Int>,
    start: Int32,
    targets: [Int32],
    places: [[Int]]
  ) {
    self.prefix = prefix
    self.types = types
    self.copyable = copyable
    self.start = start
    self.targets = targets
    self.places = places
  }

  /// Rows that go through the model: the prefix, and one for each target.
  public var tokenCount: Int { prefix.count + targets.count }

  /// What the answer's rows are given: the start, then each target but the last.
  var answerTokens: [Int32] { [start] + targets.dropLast() }

  /// For each answer row the place that its own token was copied from.
  var copiedFrom: [Int?] { [nil] + places.dropLast().map(\.first) }
}

/// Readings that go through the model together: none sees another.
public struct ReadingBatch: Sendable, Equatable {
  /// The readings.
  public var readings: [EncodedReading]

  /// A batch.
  public init(_ readings: [EncodedReading]) {
    self.readings = readings
  }

  /// Rows that go through the model.
  public var tokenCount: Int { readings.reduce(0) { $0 + $1.tokenCount } }
}
