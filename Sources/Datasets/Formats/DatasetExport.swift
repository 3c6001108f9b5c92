/// What was written to a file, and what the file's format could not hold.
public struct DatasetExport: Sendable, Hashable {
  /// An example that was left out.
  public struct Omission: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Its place among the examples, from 0.
    public var index: Int
    /// Why, in words that go on from "example 3:".
    public var reason: String

    public init(index: Int, reason: String) {
      self.index = index
      self.reason = reason
    }

    public var description: String { "example \(index + 1): \(reason)" }
  }

  /// How many examples the file holds.
  public var writtenCount = 0
  /// The examples that it does not hold, as what is learnt from them would have changed.
  public var omissions: [Omission] = []
}
