/// A file's text as valid UTF-8, and the way back from its offsets to the bytes on disk.
struct DecodedText: Sendable {
  /// How the bytes on disk were understood.
  enum Encoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1252 = "Windows-1252"
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
    for byte in bytes[start.decoded..<max(offset, start.decoded)] where byte & 0xC0 != 0x80 {
      switch encoding {
      case .utf8, .windows1252: result += 1
      case .utf16LittleEndian, .utf16BigEndian: result += byte >= 0xF0 ? 4 : 2
      }
    }
    return min(result, originalCount)
  }
}
