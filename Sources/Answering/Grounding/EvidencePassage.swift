import Documents
import Foundation
import Knowledge

/// A passage as evidence: its sentences, what stands around them, and which of them do not count.
struct EvidencePassage: Sendable {
  struct Sentence: Sendable {
    /// Where it stands, in Unicode scalars of the passage.
    var range: Range<Int>
    var facts: FactText
    var stems: Set<String>
    /// Speaks to the model, and is no evidence.
    var isTainted: Bool
  }

  let stored: StoredPassage
  let sentences: [Sentence]
  /// The title and headings, which say what the sentences are about.
  let surroundings: FactText
  let surroundingStems: Set<String>
  /// Stems of all sentences that count.
  let stems: Set<String>

  init(_ stored: StoredPassage) {
    self.stored = stored
    let text = stored.passage.text
    let indexed = IndexedText(text)
    let isRow = !stored.passage.fields.isEmpty
    let ranges = isRow ? [0..<indexed.count] : SentenceSplitter.ranges(in: text)
    let texts = ranges.map { indexed.slice($0) ?? "" }
    let paragraphs = ranges.indices.map { index in
      let start = index == 0 ? 0 : ranges[index - 1].upperBound
      return (indexed.slice(start..<ranges[index].lowerBound) ?? "").count(where: \.isNewline) > 1
    }
    let tainted = InstructionDetector.tainted(
      zip(texts, paragraphs).map { ($0, $1) }
    )
    sentences = ranges.indices.map { index in
      let facts = FactText(texts[index])
      return Sentence(
        range: ranges[index],
        facts: facts,
        stems: facts.stems,
        isTainted: tainted[index]
      )
    }
    let headings = [stored.document.title] + stored.passage.headings
    surroundings = FactText(headings.joined(separator: " "))
    let isHeadingTainted = InstructionDetector.tainted(headings.map { ($0, true) }).contains(true)
    surroundingStems = isHeadingTainted ? [] : surroundings.stems
    stems = sentences.filter { !$0.isTainted }.reduce(into: []) { $0.formUnion($1.stems) }
  }

  /// The text of a range of its scalars.
  func text(_ range: Range<Int>) -> String { slice(stored.passage.text, range) }

  /// Whether a text stands to the letter in a sentence that counts.
  func holds(_ text: String) -> Bool {
    sentences.contains { sentence in
      !sentence.isTainted
        && sentence.facts.text.range(of: text, options: [.literal, .caseInsensitive]) != nil
    }
  }
}
