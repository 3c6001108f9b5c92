/// Small helpers for text held as UTF-8 bytes.
extension ArraySlice<UInt8> {
  /// Without ASCII white space and line ends at both ends.
  func trimmingWhitespace() -> ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return slice
  }

  /// Whether the slice begins with an ASCII text.
  func starts(withText text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { elementsEqualPrefix($0) }
  }

  private func elementsEqualPrefix(_ prefix: UnsafeBufferPointer<UInt8>) -> Bool {
    for (offset, byte) in prefix.enumerated() where self[startIndex + offset] != byte {
      return false
    }
    return true
  }

  /// The slice as a string.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// Whether it holds nothing but white space.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension UInt8 {
  /// Space, tab, line feed, carriage return, vertical tab, form feed.
  var isWhitespace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  /// ASCII punctuation as CommonMark counts it.
  var isPunctuation: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self)
      || (0x5B...0x60).contains(self) || (0x7B...0x7E).contains(self)
  }
}
