/// Splits a word into the pieces whose scores add up highest.
///
/// Source: Kudo, 2018, https://arxiv.org/abs/1804.10959, and `Unigram` of the `tokenizers` package.
struct Unigram: Sendable {
  /// How much lower than the lowest score an unknown scalar scores.
  private static let penalty = 10.0

  private let table: ByteStringTable
  private let scores: [Double]
  private let unknownID: Int32
  private let unknownScore: Double
  /// Tokens that spell what has no piece in bytes; nil for the unknown token instead.
  private let byteIDs: [Int32]?
  /// Whether sums are rounded as SentencePiece rounds them, which decides between equal paths.
  private let isSinglePrecision: Bool

  /// - Parameters:
  ///   - table: pieces by their bytes.
  ///   - scores: for each id its score.
  ///   - unknownID: stands for what has no piece.
  ///   - byteIDs: the token of each byte, to spell what has no piece instead.
  ///   - isSinglePrecision: whether sums are rounded to 32 bits.
  init(
    table: ByteStringTable,
    scores: [Double],
    unknownID: Int32,
    byteIDs: [Int32]?,
    isSinglePrecision: Bool = false
  ) {
    self.table = table
    self.scores = scores
    self.unknownID = unknownID
    self.byteIDs = byteIDs
    self.isSinglePrecision = isSinglePrecision
    let score = (scores.min() ?? 0) - Self.penalty
    unknownScore = isSinglePrecision ? Double(Float(score)) : score
  }

  private struct Step {
    var score = -Double.infinity
    var start: Int32 = -1
    var id: Int32 = -1
  }

  @inline(__always)
  private func sum(_ path: Double, _ piece: Double) -> Double {
    isSinglePrecision ? Double(Float(path + piece)) : path + piece
  }

  /// Appends the pieces of one word.
  func spell(_ text: [UInt8], _ word: Range<Int>, into pieces: inout PieceScratch) {
    guard !word.isEmpty, word.count < Int(Int32.max) else { return }
    var best = [Step](repeating: Step(), count: word.count + 1)
    best[0].score = 0
    var position = word.lowerBound
    while position < word.upperBound {
      let offset = position - word.lowerBound
      let score = best[offset].score
      let end = min(UTF8Reader.endOfScalar(at: position, in: text), word.upperBound)
      var hasScalar = false
      table.forEachPrefix(of: text, position..<word.upperBound) { id, count in
        let candidate = sum(score, scores[Int(id)])
        if best[offset + count].start < 0 || candidate > best[offset + count].score {
          best[offset + count] = Step(score: candidate, start: Int32(offset), id: id)
        }
        if count == end - position { hasScalar = true }
      }
      let target = end - word.lowerBound
      let unknown = sum(score, unknownScore)
      if !hasScalar, best[target].start < 0 || unknown > best[target].score {
        best[target] = Step(score: unknown, start: Int32(offset), id: unknownID)
      }
      position = end
    }
    append(best, text, word, into: &pieces)
  }

  private func append(
    _ best: [Step],
    _ text: [UInt8],
    _ word: Range<Int>,
    into pieces: inout PieceScratch
  ) {
    var path: [(id: Int32, range: Range<Int>)] = []
    var end = word.count
    while end > 0 {
      let step = best[end]
      // Every scalar ends a step, so the path never breaks; should it, the rest is unknown.
      let start = step.start < 0 ? 0 : Int(step.start)
      let id = step.start < 0 ? unknownID : step.id
      let range = word.lowerBound + start..<word.lowerBound + end
      if id == unknownID, let last = path.last, last.id == unknownID {
        path[path.count - 1].range = range.lowerBound..<last.range.upperBound
      } else {
        path.append((id, range))
      }
      end = start
    }
    for (id, range) in path.reversed() {
      if id == unknownID, let byteIDs {
        for position in range {
          pieces.append(byteIDs[Int(text[position])], position..<position + 1)
        }
      } else {
        pieces.append(id, range)
      }
    }
  }
}
