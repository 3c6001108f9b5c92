/// One text on its way through a tokenizer.
struct TokenizerRun {
  /// BERT's text is normalized in parts of about this many bytes, so that a long one takes little
  /// memory.
  private static let partSize = 32_768

  private let tokenizer: Tokenizer
  private let limit: Int
  private let wantsOffsets: Bool
  private let recognizesSpecialTokens: Bool
  private var source: [UInt8] = []
  private var scratch = PieceScratch()
  private var work: BytePairWorkspace
  /// A place between scalars of the source, in bytes and in scalars.
  private var cursor = (byte: 0, scalar: 0)

  var ids: [Int32] = []
  /// In scalars of the original text; empty if not wanted.
  var offsets: [Range<Int>] = []

  /// For the indices of added tokens the white space they took along; filled for trimming alone.
  var blanks: [Int: OffsetTrimming.Blanks] = [:]

  /// - Parameters:
  ///   - tokenizer: what to run.
  ///   - limit: the run may stop once it has this many tokens.
  ///   - wantsOffsets: whether `offsets` is filled.
  ///   - recognizesSpecialTokens: whether special tokens in the text are looked for.
  init(
    tokenizer: Tokenizer,
    limit: Int,
    wantsOffsets: Bool = true,
    recognizesSpecialTokens: Bool = true
  ) {
    self.tokenizer = tokenizer
    self.limit = limit
    self.wantsOffsets = wantsOffsets
    self.recognizesSpecialTokens = recognizesSpecialTokens
    work = BytePairWorkspace(cache: WordCache())
  }

  mutating func take(_ text: String) {
    if case .bytePair = tokenizer.model { work.cache = tokenizer.caches.take() }
    source = Array(text.utf8)
    var position = 0
    var scalar = 0
    let matches = tokenizer.originalMatcher.matches(
      in: source,
      0..<source.count,
      includingSpecial: recognizesSpecialTokens
    )
    for match in matches {
      takePiece(position..<match.range.lowerBound, firstScalar: &scalar)
      let count = UTF8Reader.scalarCount(of: match.range, in: source)
      append(match.id, scalar..<scalar + count, spelled: source[match.range])
      scalar += count
      position = match.range.upperBound
      if ids.count >= limit { break }
    }
    if ids.count < limit { takePiece(position..<source.count, firstScalar: &scalar) }
    if case .bytePair = tokenizer.model { tokenizer.caches.giveBack(&work.cache) }
  }

  /// Takes text without added tokens that are looked for in the original.
  private mutating func takePiece(_ range: Range<Int>, firstScalar: inout Int) {
    guard !range.isEmpty else { return }
    if case .bert(let normalizer) = tokenizer.normalizers.first, tokenizer.normalizers.count == 1 {
      takeBertPiece(range, normalizer, firstScalar: &firstScalar)
      return
    }
    let isUnchanged =
      !tokenizer.preTokenizers.contains(where: \.rewritesText)
      && tokenizer.normalizers.allSatisfy { $0.leavesUnchanged(source, range) }
    if isUnchanged {
      takeSections(of: source, range) { run, section in
        run.takeWords(of: WordText(original: run.source, section), firstScalar: 0)
      } place: { run, match in
        run.originalPlace(of: match)
      }
      firstScalar += UTF8Reader.scalarCount(of: range, in: source)
      return
    }
    var text = NormalizedText()
    let count = text.append(copying: source, range)
    for normalizer in tokenizer.normalizers { text = normalizer.apply(to: text) }
    takeNormalized(text, firstScalar: firstScalar)
    firstScalar += count
  }

  private mutating func takeBertPiece(
    _ range: Range<Int>,
    _ normalizer: BertNormalizer,
    firstScalar: inout Int
  ) {
    var normalized = NormalizedText()
    var start = range.lowerBound
    while start < range.upperBound && ids.count < limit {
      let end = endOfPart(start..<range.upperBound)
      normalized.removeAll()
      let count = normalizer.normalize(source, start..<end, into: &normalized)
      takeNormalized(normalized, firstScalar: firstScalar)
      firstScalar += count
      start = end
    }
  }

  /// A part ends behind a blank, where neither words nor combining marks reach across. An added
  /// token that is looked for in normalized text may, so then there is one part only.
  private func endOfPart(_ range: Range<Int>) -> Int {
    guard range.count > Self.partSize, tokenizer.normalizedMatcher.isEmpty else {
      return range.upperBound
    }
    let blank = source[(range.lowerBound + Self.partSize)..<range.upperBound]
      .firstIndex { $0 == 0x20 || $0 == 0x0A }
    return blank.map { $0 + 1 } ?? range.upperBound
  }

  private mutating func takeNormalized(_ text: NormalizedText, firstScalar: Int) {
    takeSections(of: text.bytes, 0..<text.bytes.count) { run, section in
      run.takeWords(of: WordText(text, section), firstScalar: firstScalar)
    } place: { _, match in
      Self.place(of: match, in: text, firstScalar)
    }
  }

  /// Sets the added tokens that are looked for in normalized text apart from what lies between.
  private mutating func takeSections(
    of bytes: [UInt8],
    _ range: Range<Int>,
    take: (_ run: inout TokenizerRun, _ section: Range<Int>) -> Void,
    place: (_ run: inout TokenizerRun, _ match: Range<Int>) -> Range<Int>
  ) {
    var position = range.lowerBound
    let matches = tokenizer.normalizedMatcher.matches(
      in: bytes,
      range,
      includingSpecial: recognizesSpecialTokens
    )
    for match in matches {
      if ids.count >= limit { return }
      take(&self, position..<match.range.lowerBound)
      let found = wantsOffsets ? place(&self, match.range) : 0..<0
      append(match.id, found, spelled: bytes[match.range])
      position = match.range.upperBound
    }
    take(&self, position..<range.upperBound)
  }

  private mutating func takeWords(of section: WordText, firstScalar: Int) {
    guard !section.words.isEmpty, ids.count < limit else { return }
    var text = section
    scratch.removeAll()
    if case .wordPiece(let model) = tokenizer.model, tokenizer.preTokenizers.isBertAlone {
      // Words need not be kept in a list first.
      BertWordSplitter.forEachWord(in: text.bytes, text.words[0]) { word in
        model.spell(text.bytes, word, into: &scratch)
      }
    } else {
      for step in tokenizer.preTokenizers { step.apply(&text, isAtStart: firstScalar == 0) }
      spell(text)
    }
    ids.append(contentsOf: scratch.ids)
    guard wantsOffsets else { return }
    offsets.reserveCapacity(offsets.count + scratch.ranges.count)
    if let normalized = text.normalized {
      for range in scratch.ranges {
        offsets.append(Self.place(of: range, in: normalized, firstScalar))
      }
    } else {
      for range in scratch.ranges { offsets.append(originalPlace(of: range)) }
    }
  }

  private mutating func spell(_ text: WordText) {
    let bytes = text.bytes
    let room = limit - ids.count
    switch tokenizer.model {
    case .wordPiece(let model):
      for word in text.words where scratch.count < room {
        model.spell(bytes, word, into: &scratch)
      }
    case .bytePair(let model):
      for word in text.words where scratch.count < room {
        model.spell(bytes, word, into: &scratch, &work)
      }
    case .unigram(let model):
      for word in text.words where scratch.count < room {
        model.spell(bytes, word, into: &scratch)
      }
    }
  }

  /// Where a range of normalized bytes, which is not empty, stands in the original text.
  private static func place(
    of range: Range<Int>,
    in text: NormalizedText,
    _ firstScalar: Int
  ) -> Range<Int> {
    let start = Int(text.starts[range.lowerBound])
    let end = Int(text.ends[range.upperBound - 1])
    return firstScalar + start..<firstScalar + max(start, end)
  }

  /// Where a range of bytes of the source stands in it, in scalars; ranges are asked for in order.
  private mutating func originalPlace(of range: Range<Int>) -> Range<Int> {
    advanceCursor(to: range.lowerBound)
    let start = cursor.scalar
    advanceCursor(to: range.upperBound - 1)
    return start..<cursor.scalar + 1
  }

  /// Moves the cursor to the scalar that holds a byte.
  private mutating func advanceCursor(to byte: Int) {
    var (position, scalar) = cursor
    while true {
      let next = position + UTF8Reader.length(ofLead: source[position])
      if next > byte { break }
      position = next
      scalar += 1
    }
    cursor = (position, scalar)
  }

  private mutating func append(_ id: Int32, _ range: Range<Int>, spelled: ArraySlice<UInt8>) {
    ids.append(id)
    guard wantsOffsets else { return }
    offsets.append(range)
    if tokenizer.template.trimming != nil {
      blanks[ids.count - 1] = OffsetTrimming.Blanks(of: spelled)
    }
  }
}
