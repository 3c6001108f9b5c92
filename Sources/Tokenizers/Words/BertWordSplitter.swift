/// Splits normalized text into words: at white space, which is dropped, and around each
/// punctuation character, which is a word of its own.
///
/// Source: `BertPreTokenizer` of the `tokenizers` package.
enum BertWordSplitter {
  private enum Kind { case word, space, punctuation }

  private static let ascii: [Kind] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case 0x09...0x0D, 0x20: .space
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: .punctuation
    default: .word
    }
  }

  /// Calls `body` with the bytes of each word, in order.
  static func forEachWord(
    in text: [UInt8],
    _ range: Range<Int>,
    _ body: (Range<Int>) -> Void
  ) {
    let ascii = Self.ascii
    var wordStart = range.lowerBound
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      let kind: Kind
      if text[position] < 0x80 {
        kind = ascii[Int(text[position])]
        position += 1
      } else {
        kind = Self.kind(of: UTF8Reader.next(in: text, at: &position))
      }
      if kind == .word { continue }
      if wordStart < start { body(wordStart..<start) }
      if kind == .punctuation { body(start..<position) }
      wordStart = position
    }
    if wordStart < range.upperBound { body(wordStart..<range.upperBound) }
  }

  private static func kind(of scalar: UInt32) -> Kind {
    let flags = UnicodeTables.shared.flags(of: scalar)
    if flags.contains(.whitespace) { return .space }
    return flags.contains(.punctuation) ? .punctuation : .word
  }
}
