import Crypto

/// SHA-256 over a sequence of texts and marks, each with its length in front, so that no two
/// sequences give the same bytes.
struct CanonicalHash {
  private var hash = SHA256()

  /// A hash for one kind of content; different kinds never give the same digest.
  init(_ kind: String) { add(kind) }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      add(bytes.count)
      hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
    }
  }

  mutating func add(_ text: String?) {
    add(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) {
      hash.update(bufferPointer: $0)
    }
  }

  /// The digest, 32 bytes.
  var bytes: [UInt8] { Array(hash.finalize()) }

  /// The digest in hexadecimal digits.
  var text: String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The first 53 bits of the digest as a number from 0 up to 1.
  var unit: Double {
    let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(number >> 11) * 0x1p-53
  }
}
