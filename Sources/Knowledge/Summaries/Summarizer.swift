package import Documents

/// Makes short extractive summaries: the sentences closest to what the whole document is about.
///
/// Sentences are ranked by the cosine between their vector and the mean vector of the document's
/// sentences (centroid summarisation: Radev et al., 2004), and a sentence that repeats a chosen one is
/// passed over. The chosen ones stand in the document's order.
package struct Summarizer: Sendable {
  package init() {}

  /// A summary's sentences joined with a space, and the unit-length mean of their vectors.
  package struct Summary {
    package let text: String
    package let vector: [Float]
  }

  private static let sentenceCount = 3
  /// Sentences looked at. Beyond the first thousands the centroid hardly moves.
  private static let sentenceLimit = 4096
  /// Shorter ones are mostly headings, longer ones mostly lists run together. In characters.
  private static let preferredLength = 25...400
  /// Cosine above which two sentences say the same.
  private static let repetition: Float = 0.9

  /// - Complexity: O(sentences × dimension).
  package func summary(of sentences: [SummarySentence]) -> Summary? {
    let usable = sentences.prefix(Self.sentenceLimit).filter { !$0.vector.isEmpty }
    guard let dimension = usable.first?.vector.count else { return nil }
    let preferred = usable.filter { Self.preferredLength.contains($0.text.count) }
    let candidates = preferred.isEmpty ? usable : preferred
    let centroid = mean(of: candidates.map(\.vector), dimension: dimension)
    let ranked = candidates.indices
      .map { (index: $0, score: cosine(candidates[$0].vector, centroid)) }
      .sorted { ($0.score, $1.index) > ($1.score, $0.index) }
    var chosen: [Int] = []
    for (index, _) in ranked where chosen.count < Self.sentenceCount {
      let repeats = chosen.contains {
        cosine(candidates[$0].vector, candidates[index].vector) > Self.repetition
      }
      if !repeats { chosen.append(index) }
    }
    chosen.sort()
    return Summary(
      text: chosen.map { candidates[$0].text }.joined(separator: " "),
      vector: mean(of: chosen.map { candidates[$0].vector }, dimension: dimension)
    )
  }

  /// A table is summed up by what it is called, how large it is and what stands in it.
  package func summary(of table: TableDescription, title: String) -> String {
    var parts = ["Table \(title) with \(table.rowCount) rows."]
    if !table.columns.isEmpty { parts.append("Columns: \(table.columns.joined(separator: ", ")).") }
    let references = Set(table.references.values).sorted()
    if !references.isEmpty { parts.append("Refers to: \(references.joined(separator: ", ")).") }
    return parts.joined(separator: " ")
  }
}
