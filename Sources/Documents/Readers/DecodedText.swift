/// A file's text as valid UTF-8, and the way back from its offsets to the bytes on disk.
struct DecodedText: Sendable {
  /// How characters lie in the bytes on disk.
  enum Encoding: Sendable {
    case utf8, utf16LittleEndian, utf16BigEndian, singleByte
    /// One byte for ASCII, two for all else.
    case doubleByte
    /// As ``doubleByte``, with some exceptions; each exception is followed by a checkpoint, or known.
    case shiftJIS, eucJP, gb18030
    /// Converted as a whole: places in the text do not lead back to bytes.
    case unmapped

    /// How many bytes on disk a scalar takes whose UTF-8 begins with the given bytes.
    func width(of scalar: ArraySlice<UInt8>) -> Int {
      guard let first = scalar.first else { return 0 }
      switch self {
      case .utf8: return UTF8Scan.sequenceLength(scalar)
      case .utf16LittleEndian, .utf16BigEndian: return first >= 0xF0 ? 4 : 2
      case .singleByte: return 1
      case .unmapped: return 0
      case .doubleByte, .eucJP, .gb18030: return first < 0x80 ? 1 : 2
      case .shiftJIS: return first < 0x80 || Self.isHalfwidthKatakana(scalar) ? 1 : 2
      }
    }

    /// U+FF61…U+FF9F.
    private static func isHalfwidthKatakana(_ scalar: ArraySlice<UInt8>) -> Bool {
      guard scalar.count >= 3, scalar.first == 0xEF else { return false }
      let second = scalar[scalar.startIndex + 1]
      let third = scalar[scalar.startIndex + 2]
      return second == 0xBD ? third >= 0xA1 : second == 0xBE && third <= 0x9F
    }
  }

  /// A pair of offsets that belong together.
  struct Checkpoint: Sendable {
    var decoded: Int
    var original: Int
  }

  /// Valid UTF-8 without a byte-order mark.
  var bytes: [UInt8]
  var encoding: Encoding
  /// Ascending; the first is where the text begins. Between two of them every scalar takes the
  /// bytes that the encoding gives it.
  var checkpoints: [Checkpoint]
  var originalCount: Int
  var warnings: [String]

  /// The bytes on disk behind a range of decoded bytes.
  func original(_ range: Range<Int>) -> Range<Int> {
    let lower = original(range.lowerBound)
    return lower..<max(lower, original(range.upperBound))
  }

  /// The origin of a range of decoded bytes.
  func origin(_ range: Range<Int>) -> Origin { .bytes(original(range)) }

  /// Whether places in the text lead back to bytes on disk.
  var isMapped: Bool { encoding != .unmapped }

  private func original(_ offset: Int) -> Int {
    guard offset < bytes.count else { return originalCount }
    var low = 0
    var high = checkpoints.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if checkpoints[middle].decoded <= offset { low = middle } else { high = middle }
    }
    guard checkpoints.indices.contains(low) else { return offset }
    let start = checkpoints[low]
    if encoding == .utf8 { return min(start.original + offset - start.decoded, originalCount) }
    var result = start.original
    for index in start.decoded..<max(offset, start.decoded) where bytes[index] & 0xC0 != 0x80 {
      result += encoding.width(of: bytes[index...])
    }
    return min(result, originalCount)
  }
}
