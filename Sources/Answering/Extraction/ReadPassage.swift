import Documents
import Knowledge

/// A passage with everything that reading it for a question needs.
struct ReadPassage {
  let hit: SearchHit
  /// Its sentences, in Unicode scalars of its text; one range over all for a row.
  let sentences: [Range<Int>]
  /// Its words, likewise.
  let words: [Range<Int>]
  /// Cosine of each sentence with the question.
  var similarities: [Double] = []
  var alignment: WordAlignment?

  init(_ hit: SearchHit) {
    self.hit = hit
    let text = hit.passage.passage.text
    words = QueryTerms.wordRanges(of: text)
    isRow = !hit.passage.passage.fields.isEmpty
    sentences = isRow ? [0..<text.unicodeScalars.count] : SentenceSplitter.ranges(in: text)
  }

  let isRow: Bool
  var passage: StoredPassage { hit.passage }

  /// The stems of the passage, its headings and its document's title.
  var surroundings: Set<String> {
    let headings = [passage.document.title] + passage.passage.headings + [passage.passage.text]
    return Set(LightStemmer.stems(of: QueryTerms.words(of: headings.joined(separator: " "))))
  }
}
