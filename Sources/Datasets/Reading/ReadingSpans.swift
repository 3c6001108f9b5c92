/// Finds words in a text.
enum ReadingSpans {
  /// Where a text first stands in another as whole words, case aside, in Unicode scalars.
  static func first(of answer: String, in text: String) -> Range<Int>? {
    let sought = folded(answer)
    let scalars = folded(text)
    guard !sought.isEmpty, sought.count <= scalars.count else { return nil }
    for start in 0...(scalars.count - sought.count) where scalars[start] == sought[0] {
      guard scalars[start..<start + sought.count].elementsEqual(sought) else { continue }
      let end = start + sought.count
      if start > 0, isWord(scalars[start - 1]), isWord(sought[0]) { continue }
      if end < scalars.count, isWord(scalars[end]), isWord(sought[sought.count - 1]) { continue }
      return start..<end
    }
    return nil
  }

  /// Scalars in lower case, one for one.
  private static func folded(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { scalar in
      if scalar.isASCII {
        return (0x41...0x5A).contains(scalar.value)
          ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
      }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first ?? scalar : scalar
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
