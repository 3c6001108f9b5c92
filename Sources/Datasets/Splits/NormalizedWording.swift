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
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
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
}
