import Crypto

/// SHA-256 over content and over the version of the readers, so that better readers read again.
struct ContentHash {
  private var hasher = SHA256()

  init() { update("attune-reader-\(DocumentReader.version)\n") }

  mutating func update(_ bytes: [UInt8]) { hasher.update(data: bytes) }

  mutating func update(_ text: String) { hasher.update(data: Array(text.utf8)) }

  /// In lower-case hexadecimal.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in hasher.finalize() {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The hash of a whole file.
  static func of(_ bytes: [UInt8]) -> String {
    var hash = ContentHash()
    hash.update(bytes)
    return hash.hexadecimal
  }
}
