/// What a file gave: its examples, and what could not be taken and why.
public struct DatasetImport: Sendable, Hashable {
  /// An item that is no example.
  public struct Failure: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The line that the item begins on, from 1.
    public var line: Int
    /// Where it stands within one JSON value, as a JSON pointer (RFC 6901); nil where lines are items.
    public var pointer: String?
    /// Why, in words that go on from "line 3:".
    public var reason: String

    public init(line: Int, pointer: String? = nil, reason: String) {
      self.line = line
      self.pointer = pointer
      self.reason = reason
    }

    public var description: String {
      pointer.map { "line \(line) (\($0)): \(reason)" } ?? "line \(line): \(reason)"
    }
  }

  /// The most failures that are kept word for word.
  public static let keptFailures = 1_000

  /// The examples in the order of the file.
  public var examples: [Example] = []
  /// The first of the items that are no examples.
  public var failures: [Failure] = []
  /// How many items are no examples.
  public var failureCount = 0
  /// How many questions were passed over because the file itself says that they have no answer.
  public var unanswerableCount = 0
  /// The format that the file is in.
  public var format: DatasetFormat

  init(format: DatasetFormat) { self.format = format }
}
