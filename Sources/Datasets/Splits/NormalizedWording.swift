/// A text without what makes no difference to its meaning: case, punctuation, the width of blanks.
enum NormalizedWording {
  /// The words in lower case, joined by single blanks. Letters, digits and marks of every script stay;
  /// a text of punctuation alone is kept as it is.
  static func of(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var isPending = false
    for scalar in text.lowercased().unicodeScalars {
      let isWord =
        scalar.isASCII
        ? isASCIIWord(scalar.value)
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar.properties.generalCategory == .nonspacingMark
      guard isWord else {
        // An apostrophe stands inside a word: "what's" is not "what s".
        if scalar != "'" && scalar != "\u{2019}" { isPending = !result.isEmpty }
        continue
      }
      if isPending { result += " " }
      isPending = false
      result.unicodeScalars.append(scalar)
    }
    return result.isEmpty ? text : result
  }

  /// Small letters and digits, looked up without Unicode's tables.
  private static func isASCIIWord(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
  }
}
