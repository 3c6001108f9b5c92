/// Pairs questions with passages that do not answer them.
struct UnansweredQuestions: Sendable {
  private let passages: [(text: String, source: String)]
  private let overlap: WordOverlap

  /// - Parameter passages: What questions may be paired with.
  init(_ passages: [(text: String, source: String)]) {
    self.passages = passages
    overlap = WordOverlap(passages.map(\.text))
  }

  /// The question on another passage that shares words with it and does not hold the answer.
  ///
  /// - Parameters:
  ///   - example: A question that is answered.
  ///   - kind: The kind of the new example.
  ///   - random: Chooses among the nearest passages.
  /// - Returns: Nil where no other passage is near.
  func mismatch(
    _ example: ReadingExample,
    kind: String,
    using random: inout SeededGenerator
  ) -> ReadingExample? {
    guard let answer = example.answer, let own = example.passage else { return nil }
    let near = overlap.nearest(to: example.question, limit: 12).filter { place in
      passages[place].text != own && ReadingSpans.first(of: answer, in: passages[place].text) == nil
        && !Self.isPart(passages[place].text, of: own)
    }
    // Not always the nearest: that one is the likeliest to answer in other words.
    guard let place = near.prefix(6).randomElement(using: &random) else { return nil }
    return ReadingExample(
      question: example.question,
      passage: passages[place].text,
      kind: kind,
      source: example.source
    )
  }

  /// The question on its own passage without the sentences that hold the answer.
  static func removed(_ example: ReadingExample, kind: String) -> ReadingExample? {
    guard let answer = example.answer, let passage = example.passage, let start = example.start
    else {
      return nil
    }
    let text = ReadingText(passage)
    let end = start + answer.unicodeScalars.count
    let kept = text.sentences.map { text.whole($0) }.filter {
      $0.upperBound <= start || $0.lowerBound >= end
    }
    let rest = kept.map { text.text(of: $0) }.joined(separator: " ")
    guard kept.count < text.sentences.count, rest.split(separator: " ").count >= 25,
      ReadingSpans.first(of: answer, in: rest) == nil
    else { return nil }
    return ReadingExample(
      question: example.question,
      passage: rest,
      kind: kind,
      source: example.source
    )
  }

  /// Whether a passage begins in the same words as a part of another: two windows of one text.
  private static func isPart(_ passage: String, of other: String) -> Bool {
    let head = String(passage.prefix(60))
    return other.contains(head) || passage.contains(String(other.prefix(60)))
  }
}
