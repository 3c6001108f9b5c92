/// Helps to look at UTF-8 bytes as ASCII text.
enum ASCIIText {
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// Whether the byte belongs to a word, letters beyond ASCII included.
  static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == 0x5F || byte >= 0x80 }

  /// The digits as numbers.
  static func digits(_ bytes: some Sequence<UInt8>) -> [Int] {
    bytes.compactMap { isDigit($0) ? Int($0) - 0x30 : nil }
  }

  /// Whether one of the words stands shortly before a place, in any case. Only whole beginnings of
  /// words count: `tel` is in "Tel.: 0", not in "hotel 0".
  static func context(_ bytes: [UInt8], before place: Int, has words: [String]) -> Bool {
    let start = max(0, place - 48)
    let lowered = bytes[start..<place].map { isUpper($0) ? $0 + 32 : $0 }
    return words.contains { word in
      let pattern = Array(word.utf8)
      guard lowered.count >= pattern.count else { return false }
      return (0...(lowered.count - pattern.count)).contains { offset in
        lowered[offset] == pattern[0]
          && lowered[offset..<(offset + pattern.count)].elementsEqual(pattern)
          && (offset == 0 || !isWord(lowered[offset - 1]))
      }
    }
  }
}
