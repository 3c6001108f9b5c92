/// One text on its way through a tokenizer.
struct TokenizerRun {
  /// Text is normalized in parts of about this many bytes, so that a long one takes little memory.
  private static let partSize = 32_768

  private let tokenizer: Tokenizer
  private let limit: Int
  private var normalized = NormalizedText()
  private var scratch = WordPieceScratch()

  var ids: [Int32] = []
  /// In scalars of the original text.
  var offsets: [Range<Int>] = []

  /// - Parameters:
  ///   - tokenizer: what to run.
  ///   - limit: the run may stop once it has this many tokens.
  init(tokenizer: Tokenizer, limit: Int) {
    self.tokenizer = tokenizer
    self.limit = limit
  }

  mutating func take(_ text: String) {
    let bytes = Array(text.utf8)
    var position = 0
    var scalar = 0
    for match in tokenizer.originalMatcher.matches(in: bytes) {
      takePiece(bytes, position..<match.range.lowerBound, firstScalar: &scalar)
      let count = UTF8Reader.scalarCount(of: match.range, in: bytes)
      append(match.id, scalar..<scalar + count)
      scalar += count
      position = match.range.upperBound
      if ids.count >= limit { return }
    }
    takePiece(bytes, position..<bytes.count, firstScalar: &scalar)
  }

  /// Takes text without added tokens that are looked for in the original.
  private mutating func takePiece(
    _ text: [UInt8],
    _ range: Range<Int>,
    firstScalar: inout Int
  ) {
    var start = range.lowerBound
    while start < range.upperBound && ids.count < limit {
      let end = endOfPart(text, start..<range.upperBound)
      normalized.removeAll()
      let count: Int
      if let normalizer = tokenizer.normalizer {
        count = normalizer.normalize(text, start..<end, into: &normalized)
      } else {
        count = copy(text, start..<end)
      }
      takeNormalized(firstScalar: firstScalar)
      firstScalar += count
      start = end
    }
  }

  /// A part ends behind a blank, where neither words nor combining marks reach across. An added
  /// token that is looked for in normalized text may, so then there is one part only.
  private func endOfPart(_ text: [UInt8], _ range: Range<Int>) -> Int {
    guard range.count > Self.partSize, tokenizer.normalizedMatcher.isEmpty else {
      return range.upperBound
    }
    let blank = text[(range.lowerBound + Self.partSize)..<range.upperBound]
      .firstIndex { $0 == 0x20 || $0 == 0x0A }
    return blank.map { $0 + 1 } ?? range.upperBound
  }

  private mutating func copy(_ text: [UInt8], _ range: Range<Int>) -> Int {
    var position = range.lowerBound
    var index: UInt32 = 0
    while position < range.upperBound {
      let scalar = UTF8Reader.next(in: text, at: &position)
      normalized.append(scalar: scalar, from: index, to: index &+ 1)
      index &+= 1
    }
    return Int(index)
  }

  private mutating func takeNormalized(firstScalar: Int) {
    var position = 0
    for match in tokenizer.normalizedMatcher.matches(in: normalized.bytes) {
      takeWords(position..<match.range.lowerBound, firstScalar: firstScalar)
      append(match.id, original(match.range, firstScalar))
      position = match.range.upperBound
    }
    takeWords(position..<normalized.bytes.count, firstScalar: firstScalar)
  }

  private mutating func takeWords(_ range: Range<Int>, firstScalar: Int) {
    scratch.removeAll()
    BertWordSplitter.forEachWord(in: normalized.bytes, range) { word in
      tokenizer.model.spell(normalized.bytes, word, into: &scratch)
    }
    ids.append(contentsOf: scratch.ids)
    for range in scratch.ranges { offsets.append(original(range, firstScalar)) }
  }

  /// Where a range of normalized bytes, which is not empty, stands in the original text.
  private func original(_ range: Range<Int>, _ firstScalar: Int) -> Range<Int> {
    let start = Int(normalized.starts[range.lowerBound])
    let end = Int(normalized.ends[range.upperBound - 1])
    return firstScalar + start..<firstScalar + max(start, end)
  }

  private mutating func append(_ id: Int32, _ range: Range<Int>) {
    ids.append(id)
    offsets.append(range)
  }
}
