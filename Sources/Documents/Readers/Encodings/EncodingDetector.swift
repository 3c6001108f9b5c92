/// Guesses which of the old encodings a text is in that is neither UTF-8 nor UTF-16.
///
/// Each candidate is read and rated from 0 to 1: by whether its bytes form characters at all, and by
/// how usual these characters are in the languages that the encoding was made for.
struct EncodingDetector {
  /// How much of a text is looked at, from its first byte beyond ASCII on.
  private static let sampleSize = 1 << 16
  private static let multibyte: [CharacterSet] = [.shiftJIS, .eucJP, .gb18030, .big5, .eucKR]

  /// The likeliest encoding, Windows-1252 where nothing speaks for another.
  static func detect(_ bytes: [UInt8]) -> CharacterSet {
    let sample = sample(of: bytes)
    var best = CharacterSet.windows1252
    var bestRating = max(0.3, SingleByteRating.rate(sample, as: .windows1252) + 0.05)
    for set in SingleByteRating.candidates {
      let rating = SingleByteRating.rate(sample, as: set)
      if rating > bestRating { (best, bestRating) = (set, rating) }
    }
    for set in multibyte {
      guard let rating = rate(sample, as: set), rating > bestRating else { continue }
      (best, bestRating) = (set, rating)
    }
    return best
  }

  /// Whether nearly all of a text's bytes form characters of the encoding that it claims.
  static func isPlausible(_ bytes: [UInt8], as set: CharacterSet) -> Bool {
    guard let layout = set.layout else { return true }
    switch layout {
    case .singleByte: return true
    case .shiftJIS, .eucJP, .gb18030, .doubleByte: return rate(sample(of: bytes), as: set) != nil
    default: return false
    }
  }

  private static func sample(of bytes: [UInt8]) -> [UInt8] {
    let first = bytes.firstIndex { $0 >= 0x80 } ?? bytes.endIndex
    // A few letters before the first sign, so that its neighbours are known.
    return Array(bytes[max(0, first - 16)...].prefix(sampleSize))
  }

  /// The mean usualness of the characters beyond ASCII, or nil where too many bytes form none.
  private static func rate(_ sample: [UInt8], as set: CharacterSet) -> Double? {
    guard let converter = CharacterConverter(set) else { return nil }
    let layout = MultibyteLayout(set: set)
    let common = layout.common
    var index = 0
    var count = 0
    var faults = 0
    var sum = 0.0
    while index < sample.count {
      guard sample[index] >= 0x80 else {
        index += 1
        continue
      }
      // The sample may end inside a character.
      if sample.count - index < 4, sample.count == sampleSize { break }
      count += 1
      guard let length = layout.length(sample, at: index),
        let scalar = converter.scalar(sample[index..<index + length])
      else {
        faults += 1
        index += 1
        continue
      }
      if common.contains(scalar) {
        sum += 1
      } else if length == 2 {
        sum += layout.usualness(sample[index], sample[index + 1])
      } else if length == 1 {
        sum += 0.1
      }
      index += length
    }
    guard count > 0, faults * 100 <= count || (faults == 1 && count > 20) else { return nil }
    return sum / Double(count)
  }
}
