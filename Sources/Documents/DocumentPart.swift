/// A document that lies inside another one: an attachment, a file of an archive, a message of a mailbox.
public struct DocumentPart: Sendable {
  /// Its name within the one that holds it, unique there. The part's path is the holder's path, `#` and
  /// this name.
  public var name: String
  /// Its size in bytes once it is unpacked, where that is known without unpacking it.
  public var size: Int?
  /// Unpacks its bytes. Throws ``DocumentError`` where they are damaged, encrypted or too many.
  public var read: @Sendable () throws -> [UInt8]

  public init(name: String, size: Int? = nil, read: @escaping @Sendable () throws -> [UInt8]) {
    self.name = name
    self.size = size
    self.read = read
  }
}
