/// Makes questions with their answers from passages, without a model.
///
/// Every answer stands in its passage and not in its question. The patterns are English; of a text in
/// another language they find less: dates, numbers, cells and sections.
public struct ExampleSynthesizer: Sendable {
  private var kinds: Set<SynthesisKind>
  private var perPassage: Int
  private var seed: UInt64

  /// A synthesizer.
  ///
  /// - Parameters:
  ///   - kinds: The ways to make questions.
  ///   - perPassage: The most examples from one passage.
  ///   - seed: Decides which of a passage's questions are taken where there are more.
  public init(
    kinds: Set<SynthesisKind> = Set(SynthesisKind.allCases),
    perPassage: Int = 4,
    seed: UInt64
  ) {
    self.kinds = kinds
    self.perPassage = max(0, perPassage)
    self.seed = seed
  }

  /// The examples, in the order of the passages. No question is asked twice, and none is asked that
  /// different passages answer differently.
  ///
  /// - Complexity: linear in the length of the passages.
  public func examples(from passages: [SynthesisPassage]) -> [Example] {
    var sections: Set<[String]> = []
    var candidates: [[Example]] = []
    var answers: [String: Set<String>] = [:]
    for passage in passages {
      // A section's first passage speaks for it.
      let isFirst = sections.insert([passage.document] + passage.headings).inserted
      let found = questions(on: passage, opensSection: isFirst)
      for example in found {
        answers[Self.key(example.question), default: []].insert(Self.key(example.answer))
      }
      candidates.append(found)
    }
    var asked: Set<String> = []
    return candidates.flatMap { found in
      let usable = found.filter { example in
        let key = Self.key(example.question)
        return answers[key]?.count == 1 && !asked.contains(key)
      }
      let chosen = choose(usable)
      for example in chosen { asked.insert(Self.key(example.question)) }
      return chosen
    }
  }

  private static func key(_ text: String?) -> String { NormalizedWording.of(text ?? "") }

  private func questions(on passage: SynthesisPassage, opensSection: Bool) -> [Example] {
    var pairs: [QuestionPair] = []
    if !passage.columns.isEmpty {
      if kinds.contains(.cell) { pairs += CellQuestions.pairs(passage) }
    } else {
      let sentences = Sentences.of(passage.text)
      if kinds.contains(.definition) {
        pairs += sentences.flatMap(DefinitionQuestions.pairs)
      }
      if kinds.contains(.cloze) {
        pairs += sentences.flatMap { ClozeQuestions.pairs($0, title: passage.title) }
      }
      if kinds.contains(.section), opensSection {
        pairs += SectionQuestions.pairs(passage, sentences: sentences)
      }
    }
    let words = PassageWords(passage.text)
    var asked: Set<String> = []
    return pairs.filter { QuestionFilter.isUsable($0, in: words) }
      .filter { asked.insert(Self.key($0.question)).inserted }
      .map { passage.example($0.question, $0.answer) }
  }

  /// As many as wanted, in their order, chosen by hash: what else there is does not disturb the choice.
  private func choose(_ examples: [Example]) -> [Example] {
    guard examples.count > perPassage else { return examples }
    let ranked = examples.enumerated().map { index, example in
      var hash = CanonicalHash("synthesis")
      hash.add(Int(truncatingIfNeeded: seed))
      hash.add(example.identifier)
      return (rank: hash.unit, index: index)
    }
    let kept = ranked.sorted { $0 < $1 }.prefix(perPassage).map(\.index).sorted()
    return kept.map { examples[$0] }
  }
}
