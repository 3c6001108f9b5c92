/// Tells whether a text shares a long run of words with texts that are kept for measuring.
struct SharedRuns: Sendable {
  /// The shortest run that counts, in words.
  let length: Int
  private var runs: Set<UInt64> = []

  init(_ texts: [String], length: Int = 12) {
    self.length = length
    for text in texts { Self.forEachRun(text, length) { runs.insert($0) } }
  }

  func isShared(by text: String) -> Bool {
    guard !runs.isEmpty else { return false }
    var isShared = false
    Self.forEachRun(text, length) { if runs.contains($0) { isShared = true } }
    return isShared
  }

  /// The hashes of a text's runs of words; punctuation, which tokenization moves about, does not count.
  private static func forEachRun(_ text: String, _ length: Int, _ body: (UInt64) -> Void) {
    var hashes: [UInt64] = []
    var current: UInt64 = 0
    for scalar in text.unicodeScalars {
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isWord {
        let lower =
          scalar.isASCII && (0x41...0x5A).contains(scalar.value)
          ? scalar.value + 32 : scalar.value
        current = (current == 0 ? 0xCBF2_9CE4_8422_2325 : current) ^ UInt64(lower)
        current = current &* 0x0100_0000_01B3
      } else if current != 0 {
        hashes.append(current)
        current = 0
      }
    }
    if current != 0 { hashes.append(current) }
    guard hashes.count >= length else { return }
    for start in 0...(hashes.count - length) {
      body(
        hashes[start..<start + length].reduce(0) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C15 ^ ($0 >> 29) }
      )
    }
  }
}
