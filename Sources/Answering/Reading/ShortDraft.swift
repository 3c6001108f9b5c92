import Documents
import Knowledge

/// A short answer before its citations are checked.
struct ShortDraft {
  let text: String
  let passage: StoredPassage
  /// What is cited, in Unicode scalars of the passage's text.
  let parts: [Range<Int>]
  let isVerbatim: Bool
  let confidence: Double

  /// The short answer of a reply; nil where it leads nowhere: the passage has no such characters, or does
  /// not hold what the reply says in words of its own.
  init?(
    _ reply: PassageReading.Reply,
    of passage: StoredPassage,
    question: String,
    confidence: Double
  ) {
    let text = passage.passage.text
    if reply.isVerbatim {
      guard let part = reply.copied.first, !part.isEmpty, part.lowerBound >= 0,
        part.upperBound <= text.unicodeScalars.count
      else { return nil }
      // The passage's own characters, whatever the reader says they are.
      self.text = slice(text, part)
      parts = [part]
    } else {
      let verdict = SupportJudge([passage], question: question).bestVerdict(on: reply.text)
      guard verdict.isSupported else { return nil }
      self.text = reply.text
      parts = verdict.places.map(\.range)
    }
    self.passage = passage
    self.confidence = confidence
    isVerbatim = reply.isVerbatim
  }

  /// The citations, with markers from 1 on.
  var citations: [Citation] {
    parts.enumerated().map { index, part in
      Citation(
        marker: index + 1,
        range: part,
        text: slice(passage.passage.text, part),
        passage: passage,
        column: isVerbatim ? column(holding: part) : nil
      )
    }
  }

  /// The column of a row in whose value a part lies.
  private func column(holding part: Range<Int>) -> String? {
    let start = passage.passage.location.characters.lowerBound
    return passage.passage.fields.first {
      $0.characters.lowerBound <= start + part.lowerBound
        && start + part.upperBound <= $0.characters.upperBound
    }?.column
  }
}
