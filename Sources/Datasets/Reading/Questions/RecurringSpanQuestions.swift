/// Questions from spans that stand in two sentences of a passage (arXiv 2101.00438): one of the sentences
/// is asked, the rest of the passage answers.
struct RecurringSpanQuestions: Sendable {
  let clauses: ClauseQuestions

  /// A question made of one sentence, and the words of the others that answer it.
  struct Draft: Sendable {
    var question: String
    /// The sentence to leave out, by its place.
    var sentence: Int
    /// The other occurrence.
    var span: AnswerSpan
  }

  /// A place where a span stands.
  private struct Found {
    var sentence: Int
    var span: AnswerSpan
  }

  /// At most a number of questions on a passage, in random order.
  func drafts(
    _ text: ReadingText,
    topic: String?,
    limit: Int,
    using random: inout SeededGenerator
  ) -> [Draft] {
    let recurring = recurring(text, topic: topic)
    var drafts: [Draft] = []
    for key in recurring.keys.sorted().shuffled(using: &random) where drafts.count < limit {
      guard let found = recurring[key] else { continue }
      for asked in found.shuffled(using: &random) {
        let sentence = text.sentences[asked.sentence]
        guard
          let question = clauses.question(
            for: asked.span,
            in: text,
            sentence: sentence,
            topic: clauses.topic(topic, of: asked.sentence, in: text),
            inPlace: true,
            using: &random
          ),
          let other = best(found.filter { $0.sentence != asked.sentence }, question, text)
        else { continue }
        drafts.append(Draft(question: question, sentence: asked.sentence, span: other.span))
        break
      }
    }
    return drafts
  }

  private func recurring(_ text: ReadingText, topic: String?) -> [String: [Found]] {
    let topicKey = topic.map(NormalizedWording.of)
    var places: [String: [Found]] = [:]
    for (index, spans) in clauses.finder.spans(in: text).enumerated() {
      let sentence = text.sentences[index]
      guard sentence.count <= 60, !clauses.corpus.isRepeated(text, sentence) else { continue }
      for span in spans {
        let key = text.words[span.words].map(\.key).joined(separator: " ")
        guard key.count > 1, key != topicKey, isTelling(span, key) else { continue }
        places[key, default: []].append(Found(sentence: index, span: span))
      }
    }
    return places.filter { Set($0.value.map(\.sentence)).count >= 2 }
  }

  /// Whether a span is rare enough for two sentences to mean the same by it.
  func isTelling(_ span: AnswerSpan, _ key: String) -> Bool {
    switch span.kind {
    case .person, .name, .place, .year, .date, .percent, .money: true
    case .number: key.count > 2 && key.allSatisfy { !$0.isLetter }
    case .term: span.words.count > 1 || clauses.corpus.counts[key, default: 0] < 60
    }
  }

  /// The occurrence whose surroundings share most words with the question; nil where none shares any, for
  /// then nothing tells that it answers.
  private func best(_ others: [Found], _ question: String, _ text: ReadingText) -> Found? {
    let asked = Self.content(question)
    let scored = others.map { found in
      let near = max(0, found.sentence - 1)...min(text.sentences.count - 1, found.sentence + 1)
      let words = near.reduce(into: Set<String>()) { words, sentence in
        words.formUnion(text.words[text.sentences[sentence]].map { WordStem.stem($0.key) })
      }
      return (found: found, shared: words.intersection(asked).count)
    }
    guard let best = scored.max(by: { $0.shared < $1.shared }), best.shared > 0 else { return nil }
    return best.found
  }

  static func content(_ text: String) -> Set<String> {
    Set(
      NormalizedWording.of(text).split(separator: " ").map(String.init)
        .filter { !EnglishWords.functionWords.contains($0) }.map(WordStem.stem)
    )
  }
}
