/// Spells a word by merging neighbours: of all pairs that may merge, the one that ranks first, and
/// of those the leftmost, until none is left.
///
/// Sources: Sennrich et al., 2016, https://arxiv.org/abs/1508.07909; `BPE` of the `tokenizers`
/// package; tiktoken; the BPE model of SentencePiece.
struct BytePairEncoding: Sendable {
  /// What may merge.
  enum Merges: Sendable {
    /// Pairs that the model lists.
    case pairs(MergeTable)
    /// Neighbours that together spell a token; the token's entry in the list ranks them, the lowest
    /// first.
    case spelled([UInt32])
  }

  /// What a word consists of before anything is merged.
  enum Symbols: Sendable {
    case bytes
    /// Unicode scalars; one without a token is spelled in bytes, where tokens for bytes are given.
    case scalars
  }

  let merges: Merges
  let symbols: Symbols
  /// Tokens by the bytes they stand for.
  let table: ByteStringTable
  /// The token of each byte, -1 for none: with scalars the ones that stand in for what has none.
  let byteIDs: [Int32]
  /// Stands for what has no token; nil leaves it out.
  let unknownID: Int32?
  /// Whether neighbouring unknowns are one token.
  let fusesUnknown: Bool
  /// Whether a word that is a token is never taken apart.
  let prefersWholeWords: Bool
  /// Words may be split in front of this mark, because no token has it behind another character.
  var boundary: [UInt8]?

  var hasByteFallback: Bool {
    if case .scalars = symbols { return byteIDs.allSatisfy { $0 >= 0 } }
    return false
  }

  /// Appends the pieces of one word to `pieces`.
  func spell(
    _ text: [UInt8],
    _ word: Range<Int>,
    into pieces: inout PieceScratch,
    _ work: inout BytePairWorkspace
  ) {
    guard let boundary, let mark = boundary.first else {
      spellPart(text, word, into: &pieces, &work)
      return
    }
    var start = word.lowerBound
    var position = start
    // Whether all of the part so far is marks: a run of them may merge.
    var isMarks = true
    while position < word.upperBound {
      if text[position] == mark, text[position..<word.upperBound].starts(with: boundary) {
        if !isMarks {
          spellPart(text, start..<position, into: &pieces, &work)
          start = position
          isMarks = true
        }
        position += boundary.count
      } else {
        isMarks = false
        position += 1
      }
    }
    if start < word.upperBound { spellPart(text, start..<word.upperBound, into: &pieces, &work) }
  }

  private func spellPart(
    _ text: [UInt8],
    _ word: Range<Int>,
    into pieces: inout PieceScratch,
    _ work: inout BytePairWorkspace
  ) {
    guard word.count <= WordCache.longestWord else {
      spellAnew(text, word, into: &pieces, &work)
      return
    }
    let hash = ByteStringTable.hash(of: text, word)
    if work.cache.append(text, word, hash, to: &pieces) { return }
    let first = pieces.count
    spellAnew(text, word, into: &pieces, &work)
    work.cache.insert(text, word, hash, pieces, from: first)
  }

  private func spellAnew(
    _ text: [UInt8],
    _ word: Range<Int>,
    into pieces: inout PieceScratch,
    _ work: inout BytePairWorkspace
  ) {
    if prefersWholeWords, let id = table.id(of: text, word) {
      pieces.append(id, word)
      return
    }
    if word.count == 1, case .bytes = symbols, byteIDs[Int(text[word.lowerBound])] >= 0 {
      pieces.append(byteIDs[Int(text[word.lowerBound])], word)
      return
    }
    work.begin(text, word, self)
    work.merge(text, self)
    appendSymbols(text, work, into: &pieces)
  }

  private func appendSymbols(
    _ text: [UInt8],
    _ work: BytePairWorkspace,
    into pieces: inout PieceScratch
  ) {
    // Where the run of unknowns at the end of the pieces begins.
    var unknownStart: Int?
    var index = 0
    while index >= 0 && index < work.symbols.count {
      let symbol = work.symbols[index]
      index = Int(symbol.next)
      let range = Int(symbol.start)..<Int(symbol.end)
      if symbol.id >= 0 {
        pieces.append(symbol.id, range)
        unknownStart = nil
      } else if hasFallback(text, range) {
        for position in range {
          pieces.append(byteIDs[Int(text[position])], position..<position + 1)
        }
        unknownStart = nil
      } else if let unknownID {
        if fusesUnknown, let start = unknownStart {
          pieces.removeAll(from: pieces.count - 1)
          pieces.append(unknownID, start..<range.upperBound)
        } else {
          pieces.append(unknownID, range)
          unknownStart = range.lowerBound
        }
      }
    }
  }

  private func hasFallback(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    guard case .scalars = symbols else { return false }
    return range.allSatisfy { byteIDs[Int(text[$0])] >= 0 }
  }
}
