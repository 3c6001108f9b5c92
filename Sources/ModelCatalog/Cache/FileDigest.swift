import Crypto
import Foundation

/// Sizes and hashes of files, read in pieces so that a large model takes little memory.
enum FileDigest {
  private static let pieceSize = 1 << 20

  /// The size and SHA-256 of a file.
  static func read(_ file: URL) throws(ModelCatalogError) -> (size: Int, sha256: String) {
    try stream(file) { _ throws(ModelCatalogError) in }
  }

  /// Copies a file and yields its size and SHA-256 from the same reading.
  static func copy(
    _ file: URL,
    to target: URL
  ) throws(ModelCatalogError) -> (size: Int, sha256: String) {
    let output = try FileWriter(target, append: false)
    let digest = try stream(file) { (piece) throws(ModelCatalogError) in try output.write(piece) }
    try output.finish()
    return digest
  }

  /// Whether a file is there with its pinned size and hash. The size is compared first, so that a
  /// wrong file is mostly found without reading it.
  static func matches(_ file: URL, _ pinned: KnownModel.File) throws(ModelCatalogError) -> Bool {
    guard size(of: file) == pinned.size else { return false }
    return try read(file).sha256 == pinned.sha256
  }

  /// What a downloaded file is, if it has the size and the hash that its server states; else nil.
  static func check(
    _ file: URL,
    _ stated: RemoteFile
  ) throws(ModelCatalogError) -> KnownModel.File? {
    guard size(of: file) == stated.size else { return nil }
    let found: (size: Int, sha256: String)
    switch stated.digest {
    case .sha256(let expected):
      found = try read(file)
      guard found.sha256 == expected else { return nil }
    case .gitBlob(let expected):
      var hasher = Insecure.SHA1()
      hasher.update(data: Data("blob \(stated.size)\0".utf8))
      found = try stream(file) { (piece) throws(ModelCatalogError) in hasher.update(data: piece) }
      guard hex(hasher.finalize()) == expected else { return nil }
    }
    guard found.size == stated.size else { return nil }
    return KnownModel.File(path: stated.path, size: found.size, sha256: found.sha256)
  }

  /// The size of a regular file, links followed; nil if there is none.
  static func size(of file: URL) -> Int? {
    let resolved = file.resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved.path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else { return nil }
    return (attributes[.size] as? NSNumber)?.intValue
  }

  private static func stream(
    _ file: URL,
    _ body: (Data) throws(ModelCatalogError) -> Void
  ) throws(ModelCatalogError) -> (size: Int, sha256: String) {
    var hasher = SHA256()
    var size = 0
    let handle: FileHandle
    do {
      handle = try FileHandle(forReadingFrom: file)
    } catch {
      throw .fileSystem("The file cannot be opened.", file.path, error)
    }
    defer { try? handle.close() }
    while true {
      let piece: Data?
      do {
        piece = try handle.read(upToCount: pieceSize)
      } catch {
        throw .fileSystem("The file cannot be read.", file.path, error)
      }
      guard let piece, !piece.isEmpty else { break }
      hasher.update(data: piece)
      size += piece.count
      try body(piece)
    }
    return (size, hex(hasher.finalize()))
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    digest.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
