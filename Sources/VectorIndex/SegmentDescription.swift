/// What identifies the content of a segment file.
public struct SegmentDescription: Hashable, Sendable {
  /// The file's name within its directory.
  public var name: String
  /// Vectors in it, dead ones included.
  public var count: Int
  public var byteCount: Int
  /// XXH64 of header and directory, which hold the checksums of all sections.
  public var checksum: UInt64

  public init(name: String, count: Int, byteCount: Int, checksum: UInt64) {
    self.name = name
    self.count = count
    self.byteCount = byteCount
    self.checksum = checksum
  }
}
