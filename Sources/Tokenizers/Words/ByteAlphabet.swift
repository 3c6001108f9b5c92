/// The letters that byte-level vocabularies spell bytes with: printable Latin-1 as itself, the rest
/// from U+0100 on.
///
/// Source: `bytes_to_unicode` of https://github.com/openai/gpt-2/blob/master/src/encoder.py.
enum ByteAlphabet {
  /// The letter of each byte.
  static let letters: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (0..<256).map { (byte: UInt32) in
      let isPrintable =
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
      if isPrintable { return Unicode.Scalar(UInt8(byte)) }
      defer { next += 1 }
      return Unicode.Scalar(next) ?? "\u{FFFD}"
    }
  }()

  /// The byte of each letter below U+0180; -1 for what is no letter.
  private static let bytesOfLetters: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x180)
    for (byte, letter) in letters.enumerated() { bytes[Int(letter.value)] = Int16(byte) }
    return bytes
  }()

  /// The bytes that a token spells; a token with anything else but letters stands for itself.
  static func bytes(of token: String) -> [UInt8] {
    spelledBytes(of: token) ?? Array(token.utf8)
  }

  /// The bytes that a token spells; nil if it is not spelled in letters alone.
  static func spelledBytes(of token: String) -> [UInt8]? {
    let table = bytesOfLetters
    var bytes: [UInt8] = []
    bytes.reserveCapacity(token.utf8.count)
    for scalar in token.unicodeScalars {
      guard scalar.value < 0x180, table[Int(scalar.value)] >= 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: table[Int(scalar.value)]))
    }
    return bytes
  }

  /// Bytes as a byte-level vocabulary spells them.
  static func spelling(of bytes: some Sequence<UInt8>) -> String {
    var view = String.UnicodeScalarView()
    for byte in bytes { view.append(letters[Int(byte)]) }
    return String(view)
  }

  /// The byte that a token such as `<0x0A>` stands for.
  static func fallbackByte(_ token: String) -> UInt8? {
    let bytes = Array(token.utf8.prefix(7))
    guard bytes.count == 6, bytes.starts(with: "<0x".utf8), bytes[5] == UInt8(ascii: ">") else {
      return nil
    }
    return UInt8(String(decoding: bytes[3..<5], as: UTF8.self), radix: 16)
  }

  /// How a vocabulary with byte fallback spells a byte.
  static func fallbackToken(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x" + (digits.count == 1 ? "0" : "") + digits + ">"
  }
}
