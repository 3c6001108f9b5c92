import Foundation

extension ReadingMixture {
  /// Examples made from open text and tables, in random order.
  ///
  /// - Parameters:
  ///   - documents: Passages that belong together stand in one document.
  ///   - tables: Tables that are asked row by row.
  ///   - persons: Names that are known to be of persons, such as answers to "who"; they help to ask for
  ///     persons.
  /// - Returns: The examples, and how many there are of each kind.
  public func synthetic(
    _ documents: [ReadingDocument],
    tables: [ReadingTable] = [],
    persons: [String] = []
  ) -> (examples: [ReadingExample], report: Report) {
    var report = Report()
    let kept = documents.map { document in
      var document = document
      let count = document.passages.count
      document.passages.removeAll { shared.isShared(by: $0) }
      report.sharedPassages += count - document.passages.count
      return document
    }
    let clauses = ClauseQuestions(CorpusWords(kept, persons: persons))
    var made: [String: [ReadingExample]] = [:]
    for document in kept {
      for (index, passage) in document.passages.enumerated() {
        let text = ReadingText(passage)
        var random = SeededGenerator(seed: settings.seed, name: "\(document.source)#\(index)")
        made["recurring", default: []] += recurring(text, document, clauses, &random)
        made["abbreviation", default: []] += abbreviations(text, document, clauses.corpus, &random)
        made["clause", default: []] += clause(text, document, clauses, &random)
      }
    }
    var random = SeededGenerator(seed: settings.seed, name: "choice")
    // What letters stand for is the same everywhere, so it is asked once.
    var asked: Set<String> = []
    made["abbreviation"]?.removeAll { !asked.insert($0.question).inserted }
    made["crossed"] = crossed(kept, clauses, &random)
    let wanted = [
      ("recurring", settings.recurring), ("crossed", settings.crossed),
      ("clause", settings.clauses),
      ("abbreviation", settings.abbreviations),
    ]
    let answered = wanted.flatMap { kind, count in
      (made[kind] ?? []).shuffled(using: &random).prefix(count)
    }
    let none = unanswered(answered, &random)
    let rows = tableExamples(tables).shuffled(using: &random).prefix(settings.tables)
    return (finish(answered + none + rows, &report), report)
  }

  private func recurring(
    _ text: ReadingText,
    _ document: ReadingDocument,
    _ clauses: ClauseQuestions,
    _ random: inout SeededGenerator
  ) -> [ReadingExample] {
    let questions = RecurringSpanQuestions(clauses: clauses)
    return questions.drafts(
      text,
      topic: document.topic,
      limit: settings.perPassage,
      using: &random
    ).compactMap { draft in
      let answer = text.core(of: draft.span.words)
      guard
        let cut = window.around(answer, in: text, skipping: draft.sentence, using: &random),
        cut.passage.split(separator: " ").count >= 15
      else { return nil }
      return ReadingExample(draft.question, on: cut, kind: "recurring", source: document.source)
    }
  }

  private func tableExamples(_ tables: [ReadingTable]) -> [ReadingExample] {
    tables.flatMap { table in
      var random = SeededGenerator(seed: settings.seed, name: table.source)
      return TableQuestions(table).examples(limit: settings.perPassage, using: &random)
    }
  }

  private func abbreviations(
    _ text: ReadingText,
    _ document: ReadingDocument,
    _ corpus: CorpusWords,
    _ random: inout SeededGenerator
  ) -> [ReadingExample] {
    let drafts = AbbreviationQuestions.drafts(text).filter { draft in
      text.sentences.contains {
        $0.contains(draft.words.lowerBound) && !corpus.isRepeated(text, $0) && $0.count <= 60
      }
    }.shuffled(using: &random)
    return drafts.prefix(1).compactMap { draft in
      window.around(text.core(of: draft.words), in: text, using: &random).map {
        ReadingExample(draft.question, on: $0, kind: "abbreviation", source: document.source)
      }
    }
  }

  private func crossed(
    _ documents: [ReadingDocument],
    _ clauses: ClauseQuestions,
    _ random: inout SeededGenerator
  ) -> [ReadingExample] {
    var texts: [(text: ReadingText, document: Int, topic: String?)] = []
    for (index, document) in documents.enumerated() {
      for passage in document.passages {
        texts.append((ReadingText(passage), index, document.topic))
      }
    }
    let drafts = CrossedSpanQuestions(clauses: clauses).drafts(texts, using: &random)
    return drafts.compactMap { draft in
      let text = texts[draft.text].text
      return window.around(text.core(of: draft.span.words), in: text, using: &random).map {
        ReadingExample(
          draft.question,
          on: $0,
          kind: "crossed",
          source: documents[texts[draft.text].document].source
        )
      }
    }
  }

  private func clause(
    _ text: ReadingText,
    _ document: ReadingDocument,
    _ clauses: ClauseQuestions,
    _ random: inout SeededGenerator
  ) -> [ReadingExample] {
    var examples: [ReadingExample] = []
    let found = clauses.finder.spans(in: text)
    for (index, sentence) in text.sentences.enumerated().shuffled(using: &random)
    where (6...60).contains(sentence.count) && examples.count < settings.perPassage {
      guard !clauses.corpus.isRepeated(text, sentence) else { continue }
      let spans = found[index]
        .map { (span: $0, order: -log(max(random.unit(), 1e-12)) / $0.kind.weight) }
        .sorted { $0.order < $1.order }
      var count = 0
      for span in spans.map(\.span) where count < 3 {
        let isInPlace = random.unit() < 0.25
        guard
          let question = clauses.question(
            for: span,
            in: text,
            sentence: sentence,
            topic: clauses.topic(document.topic, of: index, in: text),
            inPlace: isInPlace,
            using: &random
          ),
          let cut = window.around(text.core(of: span.words), in: text, using: &random)
        else { continue }
        examples.append(ReadingExample(question, on: cut, kind: "clause", source: document.source))
        count += 1
      }
    }
    return examples
  }

  private func unanswered(
    _ answered: [ReadingExample],
    _ random: inout SeededGenerator
  ) -> [ReadingExample] {
    let pool = UnansweredQuestions(
      answered.compactMap { example in example.passage.map { ($0, example.source) } }
    )
    var mismatched: [ReadingExample] = []
    var removed: [ReadingExample] = []
    for example in answered.shuffled(using: &random) {
      if mismatched.count < settings.mismatched {
        if let none = pool.mismatch(example, kind: "mismatch", using: &random) {
          mismatched.append(none)
        }
      } else if removed.count < settings.removed {
        if let none = UnansweredQuestions.removed(example, kind: "removed") { removed.append(none) }
      } else {
        break
      }
    }
    return mismatched + removed
  }
}
