import Documents
import Knowledge

/// A passage with everything that reading it for a question needs.
struct ReadPassage {
  let hit: SearchHit
  let isRow: Bool
  /// Its sentences, in Unicode scalars of its text; one range over all for a row.
  let sentences: [Range<Int>]
  /// Title and headings, embedded in front of the text.
  private let prefix: String
  /// Words of prefix and text together, in Unicode scalars of both.
  private let words: [Range<Int>]

  /// Tokens that were read of it.
  private(set) var tokens = 0
  /// How the question's words meet title and headings.
  private(set) var contextAlignment: WordAlignment
  /// How they meet each sentence.
  private(set) var alignments: [WordAlignment]
  /// Cosine of each sentence with the question: of the mean of its words' vectors, which see the whole
  /// passage.
  private(set) var similarities: [Double]

  init(_ hit: SearchHit, asked: AskedQuestion) {
    self.hit = hit
    let passage = hit.passage.passage
    isRow = !passage.fields.isEmpty
    sentences =
      isRow
      ? [0..<passage.text.unicodeScalars.count] : SentenceSplitter.ranges(in: passage.text)
    prefix = passage.embeddingPrefix(title: hit.passage.document.title)
    words = QueryTerms.wordRanges(of: prefix + passage.text)
    contextAlignment = WordAlignment(of: asked.words)
    alignments = sentences.map { _ in WordAlignment(of: asked.words) }
    similarities = sentences.map { _ in 0 }
  }

  /// The passage as it was embedded when it was taken in, this time with the vector of each word.
  var embeddingInput: EmbeddingInput {
    EmbeddingInput(text: prefix + passage.passage.text, spans: words)
  }

  /// Compares the passage's words, one vector for each, with the question's.
  mutating func compare(_ embedded: EmbeddedText, with asked: AskedQuestion) {
    let vectors = embedded.spanVectors
    tokens = embedded.tokenCount
    let start = prefix.unicodeScalars.count
    var sentence = 0
    var members: [[[Float]]] = sentences.map { _ in [] }
    for (word, vector) in zip(words, vectors) where !vector.isEmpty {
      guard word.lowerBound >= start else {
        contextAlignment.meet(vector, question: asked.words)
        continue
      }
      while sentence + 1 < sentences.count,
        sentences[sentence + 1].lowerBound <= word.lowerBound - start
      {
        sentence += 1
      }
      guard sentence < sentences.count else { break }
      alignments[sentence].meet(vector, question: asked.words)
      members[sentence].append(vector)
    }
    similarities = members.map { vectors in
      Double(cosine(asked.vector, mean(of: vectors, dimension: asked.vector.count)))
    }
  }

  /// How the question's words meet these sentences.
  func alignment(of range: ClosedRange<Int>) -> WordAlignment {
    alignments[range].dropFirst().reduce(alignments[range.lowerBound]) { $0.joined(with: $1) }
  }

  /// How they meet the passage, its title and its headings.
  var wholeAlignment: WordAlignment {
    alignments.reduce(contextAlignment) { $0.joined(with: $1) }
  }

  var passage: StoredPassage { hit.passage }

  /// The stems of the passage, its headings and its document's title.
  var surroundings: Set<String> {
    let headings = [passage.document.title] + passage.passage.headings + [passage.passage.text]
    return Set(LightStemmer.stems(of: QueryTerms.words(of: headings.joined(separator: " "))))
  }
}
