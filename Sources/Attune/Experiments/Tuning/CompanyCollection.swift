import Datasets
import Evaluation
import FineTuning

/// The example company: its questions of the training split, questions made from its documents, and the
/// held-out questions.
struct CompanyCollection {
  let passages: [CompanyPassage]
  let questions: [Question]
  /// The most questions made from one passage; 0 for none.
  let synthesizedPerPassage: Int
  let seed: UInt64

  func collection() -> TuningCollection {
    TuningCollection(
      name: "example",
      passages: passages.map { $0.prefix + $0.body },
      training: asked() + synthesized(),
      validation: set("validation"),
      test: set("test")
    )
  }

  private func usable(_ split: String) -> [Question] {
    questions.filter { $0.split == split && $0.isAnswerable && !$0.places.isEmpty }
  }

  private func set(_ split: String) -> TuningSet {
    TuningSet(
      passages: passages.map { TuningPassage(key: $0.key, text: $0.prefix + $0.body) },
      queries: usable(split).map { question in
        RetrievalQuery(
          id: question.id,
          text: question.question,
          cluster: question.cluster,
          grades: RelevanceKeys.keys(of: question)
        )
      }
    )
  }

  // MARK: Training

  /// The training questions, each with the passages that hold the quotes of its places.
  private func asked() -> [RankingExample] {
    let numbers = Dictionary(grouping: passages.indices, by: { passages[$0].key })
    let plain = passages.map { Self.plain($0.body) }
    return usable("train").compactMap { question in
      var positives: [Int] = []
      for place in question.places {
        let candidates = numbers[RelevanceKeys.key(of: place)] ?? []
        let quote = Self.plain(place.quote ?? "")
        let holding = candidates.first { !quote.isEmpty && plain[$0].contains(quote) }
        if let number = holding ?? mostAlike(quote, candidates, plain) { positives.append(number) }
      }
      guard !positives.isEmpty else { return nil }
      return RankingExample(
        question: question.question,
        positives: positives,
        undecided: Set(RelevanceKeys.keys(of: question).keys.flatMap { numbers[$0] ?? [] }),
        group: question.id
      )
    }
  }

  private func mostAlike(_ quote: String, _ candidates: [Int], _ plain: [String]) -> Int? {
    let words = Set(quote.split(separator: " "))
    return candidates.max { first, second in
      words.intersection(plain[first].split(separator: " ")).count
        < words.intersection(plain[second].split(separator: " ")).count
    }
  }

  /// Without markup, in lower case, with single blanks.
  private static func plain(_ text: String) -> String {
    var inTag = false
    let kept = text.lowercased().map { character -> Character in
      if character == "<" { inTag = true }
      defer { if character == ">" { inTag = false } }
      return inTag || character.isWhitespace ? " " : character
    }
    return String(kept).split(separator: " ").joined(separator: " ")
  }

  /// Questions made from passages, but from none that answers a held-out question on a new document.
  private func synthesized() -> [RankingExample] {
    guard synthesizedPerPassage > 0 else { return [] }
    let heldOut = Set(
      questions.filter { $0.evaluationProtocol == "new" }
        .flatMap { RelevanceKeys.keys(of: $0).keys }
    )
    let usable = passages.indices.filter { number in
      let passage = passages[number]
      return !heldOut.contains(passage.key) && !heldOut.contains(passage.document)
    }
    let found = ExampleSynthesizer(perPassage: synthesizedPerPassage, seed: seed).examples(
      from: usable.map { number in
        let passage = passages[number]
        return SynthesisPassage(
          text: passage.body,
          title: passage.title,
          headings: passage.headings,
          place: "\(number)",
          document: passage.document,
          columns: passage.columns.map { .init(name: $0.name, value: $0.value) }
        )
      }
    )
    let numbers = Dictionary(grouping: passages.indices, by: { passages[$0].key })
    return found.compactMap { example in
      guard let question = example.question, let place = example.source?.place,
        let number = Int(place)
      else { return nil }
      return RankingExample(
        question: question,
        positives: [number],
        undecided: Set(numbers[passages[number].key] ?? []),
        group: "\(passages[number].key) \(place)"
      )
    }
  }
}
