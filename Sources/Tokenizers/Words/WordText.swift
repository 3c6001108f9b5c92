/// Text and the words it is split into so far.
///
/// While nothing has changed the text, `text` is the original and places are not kept: they are
/// counted when they are asked for.
struct WordText {
  /// The bytes that words are ranges of.
  private(set) var bytes: [UInt8]
  private(set) var words: [Range<Int>]
  /// The text with the places of its bytes; nil while it is the original.
  private(set) var normalized: NormalizedText?

  /// A part of the original text, as it stands.
  init(original bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    words = range.isEmpty ? [] : [range]
  }

  /// A part of normalized text.
  init(_ text: NormalizedText, _ range: Range<Int>) {
    bytes = text.bytes
    normalized = text
    words = range.isEmpty ? [] : [range]
  }

  /// The place in the original of the first byte.
  var firstPlace: UInt32 { normalized?.starts.first ?? 0 }

  mutating func split(
    _ body: (_ bytes: [UInt8], _ word: Range<Int>, _ words: inout [Range<Int>]) -> Void
  ) {
    var result: [Range<Int>] = []
    if words.count == 1 { result.reserveCapacity(words[0].count / 4) }
    for word in words { body(bytes, word, &result) }
    words = result
  }

  /// Writes each word anew. Only for normalized text: of the original no places are kept.
  mutating func rewrite(
    _ body: (_ source: NormalizedText, _ word: Range<Int>, _ output: inout NormalizedText) -> Void
  ) {
    guard let source = normalized else { return }
    var output = NormalizedText()
    output.reserve(source.bytes.count + 8)
    var result: [Range<Int>] = []
    for word in words where !word.isEmpty {
      let start = output.bytes.count
      body(source, word, &output)
      result.append(start..<output.bytes.count)
    }
    bytes = output.bytes
    normalized = output
    words = result
  }
}
