/// The words of a passage, to ask many times whether something stands in it.
struct PassageWords {
  private let words: String

  init(_ text: String) { words = " \(NormalizedWording.of(text)) " }

  /// Whether the words of a text stand in the passage, in their order and whole.
  func hold(_ text: String) -> Bool {
    let sought = NormalizedWording.of(text)
    guard !sought.isEmpty else { return false }
    // Scripts without blanks have no whole words to ask for.
    let hasWords = text.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
    return words.contains(hasWords ? " \(sought) " : sought)
  }
}
