/// Finds out how bytes encode text and turns them into valid UTF-8.
///
/// UTF-8 and UTF-16 are known by their byte-order marks or by their patterns, and valid UTF-8 always
/// wins. Anything else that still looks like text is taken for what it declares itself to be, or for
/// the likeliest of the older encodings, with a warning.
enum TextDecoder {
  /// Decodes, or returns nil where the bytes are not text.
  ///
  /// - Parameters:
  ///   - bytes: The whole text.
  ///   - declared: The character set that its surroundings (a mail's header) give it.
  /// - Returns: The text with the way back to the bytes.
  static func decode(_ bytes: [UInt8], declared: CharacterSet? = nil) -> DecodedText? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return decodeUTF8(bytes, from: 3, nil) }
    if bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
      return decodeUTF16(bytes, from: 2, .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) { return decodeUTF16(bytes, from: 2, .utf16BigEndian) }
    if let declared, declared.layout == nil {
      return decode(bytes, from: 0, as: declared, warning: nil)
    }
    if let guessed = guessUTF16(bytes) { return decodeUTF16(bytes, from: 0, guessed) }
    if let declared, let encoding = declared.layout,
      encoding == .utf16LittleEndian || encoding == .utf16BigEndian, bytes.contains(0)
    {
      return decodeUTF16(bytes, from: 0, encoding)
    }
    return decodeUTF8(bytes, from: 0, declared)
  }

  /// Latin letters in UTF-16 leave every second byte zero.
  private static func guessUTF16(_ bytes: [UInt8]) -> DecodedText.Encoding? {
    let sample = bytes.prefix(4096)
    guard sample.count >= 4, bytes.count % 2 == 0 else { return nil }
    var zeros = (even: 0, odd: 0)
    for (offset, byte) in sample.enumerated() where byte == 0 {
      if offset % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let half = sample.count / 2
    if zeros.odd * 10 >= half * 4, zeros.even * 20 <= half { return .utf16LittleEndian }
    if zeros.even * 10 >= half * 4, zeros.odd * 20 <= half { return .utf16BigEndian }
    return nil
  }

  private static func decodeUTF8(
    _ bytes: [UInt8],
    from start: Int,
    _ declared: CharacterSet?
  ) -> DecodedText? {
    let isText = looksLikeText(bytes[start...])
    let scan = UTF8Scan(bytes[start...])
    if scan.invalid == 0, isText {
      return DecodedText(
        bytes: start == 0 ? bytes : Array(bytes[start...]),
        encoding: .utf8,
        checkpoints: [.init(decoded: 0, original: start)],
        originalCount: bytes.count,
        warnings: nulWarning(bytes)
      )
    }
    if start == 0, let found = UTF16Guess.encoding(bytes) {
      return decodeUTF16(bytes, from: 0, found, isGuess: true)
    }
    guard isText else { return nil }
    // A few damaged places among many good sequences: the file is UTF-8 and the rest of it is right.
    if scan.validMultibyte >= 4 * scan.invalid { return repair(bytes, from: start) }
    return decodeOlder(bytes, from: start, declared)
  }

  /// What the text says of itself, where its bytes bear it out; else what it most looks like.
  private static func decodeOlder(
    _ bytes: [UInt8],
    from start: Int,
    _ declared: CharacterSet?
  ) -> DecodedText? {
    for set in [declared, declaredSet(bytes)] {
      guard let set, set != .utf8, EncodingDetector.isPlausible(bytes, as: set),
        let text = decode(bytes, from: start, as: set, warning: nil)
      else { continue }
      return text
    }
    let set = EncodingDetector.detect(bytes)
    let warning = "the text is not valid UTF-8 and was read as \(set.rawValue)"
    return decode(bytes, from: start, as: set, warning: warning)
      ?? decodeWindows1252(bytes, from: start)
  }

  private static func repair(_ bytes: [UInt8], from start: Int) -> DecodedText {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var checkpoints = [DecodedText.Checkpoint(decoded: 0, original: start)]
    var position = start
    var replaced = 0
    while position < bytes.count {
      let length = UTF8Scan.sequenceLength(bytes[position...])
      if length > 0 {
        result.append(contentsOf: bytes[position..<position + length])
        position += length
      } else {
        result.append(contentsOf: [0xEF, 0xBF, 0xBD])
        position += 1
        replaced += 1
        checkpoints.append(.init(decoded: result.count, original: position))
      }
    }
    let warning = "\(replaced) bytes that are not valid UTF-8 were replaced by U+FFFD"
    return DecodedText(
      bytes: result,
      encoding: .utf8,
      checkpoints: checkpoints,
      originalCount: bytes.count,
      warnings: [warning]
    )
  }

  /// For systems whose C library knows no character sets.
  private static func decodeWindows1252(_ bytes: [UInt8], from start: Int) -> DecodedText {
    var output = Output(encoding: .singleByte, start: start, capacity: bytes.count)
    for offset in start..<bytes.count {
      output.append(windows1252(bytes[offset]), original: offset, length: 1)
    }
    let warning = "the text is not valid UTF-8 and was read as Windows-1252"
    return output.finish(originalCount: bytes.count, warnings: [warning])
  }

  private static func decodeUTF16(
    _ bytes: [UInt8],
    from start: Int,
    _ encoding: DecodedText.Encoding,
    isGuess: Bool = false
  ) -> DecodedText? {
    var output = Output(encoding: encoding, start: start, capacity: bytes.count)
    let unit: (Int) -> UInt16 = { offset in
      let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
      return encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second
    }
    var replaced = 0
    var controls = 0
    var offset = start
    while offset + 1 < bytes.count {
      let first = unit(offset)
      var scalar = Unicode.Scalar(first)
      var length = 2
      if first >= 0xD800, first < 0xDC00, offset + 3 < bytes.count {
        let second = unit(offset + 2)
        if second >= 0xDC00, second < 0xE000 {
          let value = 0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00))
          scalar = Unicode.Scalar(value)
          length = 4
        }
      }
      if scalar == nil { replaced += 1 }
      if let scalar, scalar.value < 0x20, !(9...13).contains(scalar.value) { controls += 1 }
      output.append(scalar ?? "\u{FFFD}", original: offset, length: length)
      offset += length
    }
    let units = max(1, (bytes.count - start) / 2)
    guard (replaced + controls) * 20 <= units else { return nil }
    var warnings: [String] = []
    if isGuess {
      let name = encoding == .utf16LittleEndian ? "UTF-16LE" : "UTF-16BE"
      warnings.append("the text has no byte-order mark and was read as \(name)")
    }
    if replaced > 0 { warnings.append("\(replaced) unpaired surrogates were replaced by U+FFFD") }
    if offset < bytes.count { warnings.append("the last byte is half a UTF-16 unit, left out") }
    return output.finish(originalCount: bytes.count, warnings: warnings)
  }

  /// Text has few control characters and hardly a NUL.
  private static func looksLikeText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var nuls = 0
    var controls = 0
    for byte in bytes where byte < 0x20 || byte == 0x7F {
      if byte == 0 { nuls += 1 } else if !byte.isWhitespace, byte != 0x1B { controls += 1 }
    }
    return nuls * 1000 <= bytes.count && controls <= max(4, bytes.count / 50)
  }

  private static func nulWarning(_ bytes: [UInt8]) -> [String] {
    bytes.contains(0) ? ["NUL characters in the text were left out"] : []
  }

  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upperHalf[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }

  /// What Windows-1252 puts at 0x80–0x9F; the five unused places become U+FFFD.
  private static let upperHalf: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
