import Foundation

/// Questions from spans that stand in sentences of different documents: one document asks, a passage of
/// the other answers, where both sentences share enough rare words to be about the same fact. So the
/// question is worded otherwise than the passage by people, not by rules.
struct CrossedSpanQuestions: Sendable {
  /// A sentence and a span in it.
  private struct Place {
    var text: Int
    var sentence: Int
    var span: AnswerSpan
  }

  /// A question on another text.
  struct Draft: Sendable {
    var question: String
    /// The text that answers, by its place.
    var text: Int
    var span: AnswerSpan
    /// The text that the question is made from.
    var origin: Int
  }

  let clauses: ClauseQuestions
  /// How rare what both sentences share has to be: the sum of the logarithms of how many sentences there
  /// are for each that holds the word.
  var leastShared = 12.0
  /// Spans in more sentences than this are too common to mean one thing.
  var mostPlaces = 60

  /// The questions that the texts yield, in the order of their spans.
  ///
  /// - Parameters:
  ///   - texts: Each with its document and what that is about.
  ///   - random: Chooses among many places of a span.
  /// - Returns: Questions, each with the text that answers it.
  func drafts(
    _ texts: [(text: ReadingText, document: Int, topic: String?)],
    using random: inout SeededGenerator
  ) -> [Draft] {
    let recurring = RecurringSpanQuestions(clauses: clauses)
    var places: [String: [Place]] = [:]
    var contents: [[Set<String>]] = []
    var frequencies: [String: Int] = [:]
    var count = 0
    for (index, item) in texts.enumerated() {
      contents.append(
        item.text.sentences.map { sentence in
          RecurringSpanQuestions.content(item.text.text(of: item.text.whole(sentence)))
        }
      )
      for words in contents[index] {
        count += 1
        for word in words { frequencies[word, default: 0] += 1 }
      }
      for (number, spans) in clauses.finder.spans(in: item.text).enumerated() {
        let sentence = item.text.sentences[number]
        guard (6...50).contains(sentence.count),
          !clauses.corpus.isRepeated(item.text, sentence)
        else { continue }
        for span in spans where span.kind != .number {
          let key = item.text.words[span.words].map(\.key).joined(separator: " ")
          guard key.count > 2, recurring.isTelling(span, key) else { continue }
          places[key, default: []].append(Place(text: index, sentence: number, span: span))
        }
      }
    }
    func rarity(_ word: String) -> Double {
      log(Double(count + 1) / Double(max(1, frequencies[word, default: 1])))
    }
    var drafts: [Draft] = []
    for key in places.keys.sorted() {
      guard let found = places[key], (2...mostPlaces).contains(found.count) else { continue }
      let own = RecurringSpanQuestions.content(key)
      for asked in found.shuffled(using: &random).prefix(12) {
        let source = texts[asked.text]
        let words = contents[asked.text][asked.sentence].subtracting(own)
        let scored = found.filter { texts[$0.text].document != source.document }.map { place in
          let shared = contents[place.text][place.sentence].intersection(words)
          return (
            place: place, score: shared.sorted().reduce(0) { $0 + rarity($1) }, count: shared.count
          )
        }
        guard let best = scored.max(by: { $0.score < $1.score }), best.score >= leastShared,
          best.count >= 2,
          // The same sentence in both is no other wording.
          best.count * 10 <= contents[best.place.text][best.place.sentence].union(words).count * 8,
          let question = clauses.question(
            for: asked.span,
            in: source.text,
            sentence: source.text.sentences[asked.sentence],
            topic: clauses.topic(source.topic, of: asked.sentence, in: source.text),
            inPlace: true,
            using: &random
          )
        else { continue }
        // What the question kept of the sentence has to be shared, too.
        let kept = RecurringSpanQuestions.content(question)
          .intersection(contents[best.place.text][best.place.sentence])
        guard kept.sorted().reduce(0, { $0 + rarity($1) }) >= leastShared * 0.6, kept.count >= 2
        else { continue }
        drafts.append(
          Draft(
            question: question,
            text: best.place.text,
            span: best.place.span,
            origin: asked.text
          )
        )
      }
    }
    return drafts
  }
}
