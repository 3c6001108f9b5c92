/// Cutting what is too long: blocks into sentences, sentences into words, words into scalars.
extension ChunkingRun {
  /// Counts without the marks that the tokenizer adds at both ends.
  func tokens(_ range: Range<Int>) -> Int {
    max(0, chunker.countTokens(text.slice(range) ?? "") - chunker.overhead)
  }

  /// No stretch longer than this is handed to the tokenizer or kept whole: vocabularies take a
  /// word of a million letters for one unknown token.
  private var maximumScalars: Int { chunker.maximumTokens * 12 }

  /// A block as one unit, or as its sentences where it is long.
  func units(of block: Block, budget: Int) -> [Unit] {
    let whole = Unit(range: block.characters, tokens: 0, origin: block.origin)
    return units(of: whole, isCode: block.kind == .code, budget: budget)
  }

  func units(of whole: Unit, isCode: Bool, budget: Int) -> [Unit] {
    var whole = whole
    if whole.range.count <= maximumScalars {
      whole.tokens = tokens(whole.range)
      if whole.tokens <= min(budget, chunker.targetTokens * 3 / 2) {
        whole.isOpening = text.bytes(whole.range).last == UInt8(ascii: ":")
        return [whole]
      }
    }
    let bytes = text.bytes(whole.range)
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    let sentences = isCode ? Self.lines(scalars) : SentenceSplitter.ranges(in: scalars[...])
    var result: [Unit] = []
    let start = whole.range.lowerBound
    for (index, sentence) in sentences.enumerated() {
      // The first and last sentence take what the splitter trims, so that nothing is lost.
      let lower = index == 0 ? 0 : sentence.lowerBound
      let upper = index == sentences.count - 1 ? scalars.count : sentence.upperBound
      var unit = whole
      unit.range = (start + lower)..<(start + upper)
      if unit.range.count <= maximumScalars {
        unit.tokens = tokens(unit.range)
        if unit.tokens <= budget {
          result.append(unit)
          continue
        }
      }
      result += words(of: unit, budget: budget)
    }
    return result
  }

  /// A unit cut between words into parts of at most `budget` tokens.
  func words(of unit: Unit, budget: Int) -> [Unit] {
    let bytes = text.bytes(unit.range)
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var result: [Unit] = []
    var current: Unit?
    var position = 0
    while position < scalars.count {
      while position < scalars.count, scalars[position].isSpace { position += 1 }
      let start = position
      while position < scalars.count, !scalars[position].isSpace { position += 1 }
      guard position > start else { break }
      for piece in pieces(scalars, start..<position, base: unit.range.lowerBound, budget: budget) {
        var part = unit
        part.range = piece.range
        part.tokens = piece.tokens
        part.isOpening = false
        if var open = current, open.tokens + part.tokens <= budget,
          part.range.upperBound - open.range.lowerBound <= maximumScalars
        {
          open.range = open.range.lowerBound..<part.range.upperBound
          open.tokens += part.tokens
          current = open
        } else {
          if let current { result.append(current) }
          current = part
        }
      }
    }
    if let current { result.append(current) }
    return result.map(clippingFields)
  }

  /// A word whole, or halved until each part fits.
  private func pieces(
    _ scalars: [Unicode.Scalar],
    _ word: Range<Int>,
    base: Int,
    budget: Int
  ) -> [(range: Range<Int>, tokens: Int)] {
    var waiting: [Range<Int>] = []
    var start = word.lowerBound
    while word.upperBound - start > maximumScalars {
      let end = Self.boundary(
        scalars,
        near: start + maximumScalars,
        within: start..<word.upperBound
      )
      waiting.append(start..<end)
      start = end
    }
    waiting.append(start..<word.upperBound)
    waiting.reverse()
    var result: [(range: Range<Int>, tokens: Int)] = []
    while let part = waiting.popLast() {
      let range = (base + part.lowerBound)..<(base + part.upperBound)
      let count = tokens(range)
      if count <= budget || part.count <= 1 {
        result.append((range, count))
      } else {
        let middle = Self.boundary(
          scalars,
          near: part.lowerBound + part.count / 2,
          within: part
        )
        waiting.append(middle..<part.upperBound)
        waiting.append(part.lowerBound..<middle)
      }
    }
    return result
  }

  /// A place to cut that does not tear marks from their letter, where one is near.
  private static func boundary(
    _ scalars: [Unicode.Scalar],
    near position: Int,
    within range: Range<Int>
  ) -> Int {
    var cut = position
    while cut > range.lowerBound + 1, position - cut < 16 {
      let next = scalars[cut]
      let isJoined =
        next.properties.isGraphemeExtend || next == "\u{200D}" || scalars[cut - 1] == "\u{200D}"
      if !isJoined { return cut }
      cut -= 1
    }
    return position
  }

  private static func lines(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    for (index, scalar) in scalars.enumerated() where scalar == "\n" {
      if index > start { result.append(start..<index) }
      start = index + 1
    }
    if start < scalars.count { result.append(start..<scalars.count) }
    return result
  }

  /// A row's fields as far as they stand in the unit.
  private func clippingFields(_ unit: Unit) -> Unit {
    var unit = unit
    unit.fields = unit.fields.compactMap { field in
      let range = field.characters.clamped(to: unit.range)
      return range.isEmpty ? nil : Field(column: field.column, characters: range)
    }
    return unit
  }
}
