import Documents
import Knowledge

/// The part of a passage that is shown under a short answer.
struct SupportingQuote {
  let passage: StoredPassage
  /// In Unicode scalars of the passage's text.
  let range: Range<Int>
  let text: String

  /// In Unicode scalars.
  private static let limit = 500

  init(_ candidate: QuoteCandidate) {
    passage = candidate.passage
    range = candidate.range
    text = candidate.text
  }

  /// The sentences around a part of a passage; the whole of a row.
  init(around part: Range<Int>, of passage: StoredPassage) {
    let text = passage.passage.text
    let count = text.unicodeScalars.count
    let sentences =
      passage.passage.fields.isEmpty ? SentenceSplitter.ranges(in: text) : [0..<count]
    var range = part
    if let center = sentences.lastIndex(where: { $0.lowerBound <= part.lowerBound }) {
      let window = QuoteWindow.around(center, of: sentences, limit: Self.limit)
      let found = sentences[window.lowerBound].lowerBound..<sentences[window.upperBound].upperBound
      range =
        min(part.lowerBound, found.lowerBound)..<max(part.upperBound, found.upperBound)
    }
    self.passage = passage
    self.range = range
    self.text = slice(text, range)
  }

  /// The quotes with those first that hold a short answer, each place once.
  static func ordered(
    _ quotes: [QuoteCandidate],
    under parts: [Range<Int>],
    of passage: StoredPassage,
    limit: Int
  ) -> [SupportingQuote] {
    guard let first = parts.first else { return quotes.map(Self.init) }
    let all = quotes.map(Self.init)
    let held = all.first { $0.passage.id == passage.id && $0.range.contains(first) }
    let supporting = held ?? SupportingQuote(around: first, of: passage)
    let rest = all.filter {
      $0.passage.id != passage.id || !$0.range.overlaps(supporting.range)
    }
    return Array(([supporting] + rest).prefix(limit))
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
