/// Texts in the encodings from before Unicode.
extension TextDecoder {
  /// Decodes bytes whose character set was told or guessed. What it cannot hold becomes U+FFFD.
  static func decode(
    _ bytes: [UInt8],
    from start: Int,
    as set: CharacterSet,
    warning: String?
  ) -> DecodedText? {
    guard let layout = set.layout else { return decodeWhole(bytes, as: set, warning: warning) }
    guard let converter = CharacterConverter(set) else { return nil }
    let characters = MultibyteLayout(set: set)
    var output = Output(encoding: layout, start: start, capacity: bytes.count)
    var replaced = 0
    var index = start
    while index < bytes.count {
      let first = bytes[index]
      if first < 0x80 {
        output.append(Unicode.Scalar(first), original: index, length: 1)
        index += 1
        continue
      }
      let length = characters.length(bytes, at: index) ?? 1
      if let scalar = converter.scalar(bytes[index..<index + length]) {
        output.append(scalar, original: index, length: length)
        index += length
      } else {
        replaced += 1
        output.append("\u{FFFD}", original: index, length: 1)
        index += 1
      }
    }
    var warnings = warning.map { [$0] } ?? []
    if replaced > 0 {
      warnings.append(
        "\(replaced) bytes that mean nothing in \(set.rawValue) were replaced by U+FFFD"
      )
    }
    return output.finish(originalCount: bytes.count, warnings: warnings)
  }

  private static func decodeWhole(
    _ bytes: [UInt8],
    as set: CharacterSet,
    warning: String?
  ) -> DecodedText? {
    guard let converter = CharacterConverter(set) else { return nil }
    let result = converter.convert(bytes)
    var warnings = warning.map { [$0] } ?? []
    if result.replaced > 0 {
      warnings.append(
        "\(result.replaced) bytes that mean nothing in \(set.rawValue) were replaced by U+FFFD"
      )
    }
    return DecodedText(
      bytes: result.text,
      encoding: .unmapped,
      checkpoints: [.init(decoded: 0, original: 0)],
      originalCount: bytes.count,
      warnings: warnings
    )
  }

  /// The character set that a web page or an XML file declares about itself in its first bytes.
  static func declaredSet(_ bytes: [UInt8]) -> CharacterSet? {
    let head = bytes.prefix(1024)
    guard head.contains(UInt8(ascii: "<")) else { return nil }
    let lower = head.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }[...]
    for key in ["charset=", "encoding="] {
      guard let found = lower.firstRange(of: Array(key.utf8)) else { continue }
      let value = lower[found.upperBound...].drop { $0 == 0x22 || $0 == 0x27 || $0 == 0x20 }
      let label = value.prefix {
        $0.isLetter || $0.isDigit || "-_:.".utf8.contains($0)
      }
      return CharacterSet(label: label.string)
    }
    return nil
  }
}
