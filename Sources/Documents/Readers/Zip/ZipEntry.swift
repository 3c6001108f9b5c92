/// One member of a ZIP archive as its directory describes it.
struct ZipEntry: Hashable, Sendable {
  /// The name as it stands in the archive. Nothing is ever written under it.
  var name: String
  var isEncrypted: Bool
  /// 0 is stored, 8 is deflate; other methods are not read.
  var method: Int
  /// How many bytes it takes in the archive; nil where only scanning can tell.
  var packedSize: Int?
  /// How many bytes it unpacks to, as far as the archive says so.
  var size: Int?
  var checksum: UInt32?
  /// Where its local header begins.
  var offset: Int

  /// A folder has no bytes of its own.
  var isFolder: Bool { name.hasSuffix("/") || name.hasSuffix("\\") }
}
