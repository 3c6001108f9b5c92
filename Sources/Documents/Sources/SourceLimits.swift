/// How far a source goes before it gives up on one item.
public struct SourceLimits: Hashable, Sendable {
  /// The largest file that is read, and the largest text that a database table may become.
  public var maximumFileBytes: Int
  /// The most bytes that a packed file (an Office file, an archive, a mail) may unfold to in all.
  public var maximumUnpackedBytes: Int
  /// How many documents may lie inside one file, and how deep in one another.
  public var maximumParts: Int
  public var maximumDepth: Int
  /// How long to wait for another program's lock on a database, in seconds.
  public var busyTimeout: Double
  /// How long a helper program (poppler, tesseract) may work on one file, in seconds, and how much
  /// memory it may take, in bytes.
  public var helperSeconds: Double
  public var helperMemory: Int

  public init(
    maximumFileBytes: Int = 64 << 20,
    maximumUnpackedBytes: Int = 256 << 20,
    maximumParts: Int = 10_000,
    maximumDepth: Int = 4,
    busyTimeout: Double = 5,
    helperSeconds: Double = 60,
    helperMemory: Int = 1 << 30
  ) {
    self.maximumFileBytes = maximumFileBytes
    self.maximumUnpackedBytes = maximumUnpackedBytes
    self.maximumParts = maximumParts
    self.maximumDepth = maximumDepth
    self.busyTimeout = busyTimeout
    self.helperSeconds = helperSeconds
    self.helperMemory = helperMemory
  }
}
