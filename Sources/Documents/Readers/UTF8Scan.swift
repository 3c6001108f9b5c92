/// Counts the valid and invalid sequences of bytes that claim to be UTF-8.
struct UTF8Scan {
  private(set) var validMultibyte = 0
  private(set) var invalid = 0

  init(_ bytes: ArraySlice<UInt8>) {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] < 0x80 {
        position += 1
        continue
      }
      let length = Self.sequenceLength(bytes[position...])
      if length == 0 {
        invalid += 1
        position += 1
      } else {
        validMultibyte += 1
        position += length
      }
    }
  }

  /// The length of the well-formed sequence that the bytes begin with, or 0.
  ///
  /// Table 3-7 of the Unicode Standard.
  static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard bytes.count >= length, second.contains(bytes[bytes.startIndex + 1]) else { return 0 }
    for offset in 2..<max(2, length) where bytes[bytes.startIndex + offset] & 0xC0 != 0x80 {
      return 0
    }
    return length
  }
}
