/// How far a source goes before it gives up on one item.
public struct SourceLimits: Hashable, Sendable {
  /// The largest file that is read, and the largest text that a database table may become.
  public var maximumFileBytes: Int
  /// How long to wait for another program's lock on a database, in seconds.
  public var busyTimeout: Double

  public init(maximumFileBytes: Int = 64 << 20, busyTimeout: Double = 5) {
    self.maximumFileBytes = maximumFileBytes
    self.busyTimeout = busyTimeout
  }
}
