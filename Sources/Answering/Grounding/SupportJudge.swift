package import Knowledge

/// Judges mechanically whether passages hold what a sentence says.
///
/// Names and numbers must stand in them, in the company they keep in the sentence; enough of the other
/// words must stand there too; and none of it may be denied there. It does not understand: a sentence
/// that says the same in wholly other words is not found, and one that joins true parts into something
/// untrue may pass.
package struct SupportJudge: Sendable {
  let passages: [EvidencePassage]

  /// The least share of a sentence's words that passages must hold.
  static let leastShare = 0.5
  private static let mostSentences = 3

  /// The stems of the question: an answer may take its words up though the passages use others.
  private let asked: Set<String>

  package init(_ passages: [StoredPassage], question: String = "") {
    self.passages = passages.map(EvidencePassage.init)
    asked = FactText(question).stems
  }

  /// Judges a sentence by some of the passages together.
  package func verdict(on sentence: String, by indices: [Int]) -> SupportVerdict {
    verdict(on: FactText(sentence), by: indices)
  }

  /// Judges a sentence by each passage alone; gives the best.
  package func bestVerdict(on sentence: String) -> SupportVerdict {
    bestVerdict(on: FactText(sentence))
  }

  func bestVerdict(on claim: FactText) -> SupportVerdict {
    var best = SupportVerdict(score: 0, faults: [SupportFault(.claim)], places: [])
    for index in passages.indices {
      let verdict = verdict(on: claim, by: [index])
      if verdict.isSupported && !best.isSupported
        || verdict.isSupported == best.isSupported && verdict.score > best.score
      {
        best = verdict
      }
    }
    return best
  }

  func verdict(on claim: FactText, by indices: [Int]) -> SupportVerdict {
    let terms = Terms(claim)
    guard !terms.isEmpty else {
      return SupportVerdict(score: 0, faults: [SupportFault(.nothingToCheck)], places: [])
    }
    let places = indices.filter(passages.indices.contains).flatMap { passage in
      passages[passage].sentences.indices
        .filter { !passages[passage].sentences[$0].isTainted }
        .map { (passage: passage, sentence: $0) }
    }
    let chosen = choose(terms, from: places)
    guard !chosen.isEmpty else {
      return SupportVerdict(score: 0, faults: [SupportFault(.claim)], places: [])
    }
    let evidence = Evidence(
      window: chosen.map { passages[$0.passage].sentences[$0.sentence] },
      around: Set(chosen.map(\.passage)).sorted().map { passages[$0] },
      all: places.map { passages[$0.passage].sentences[$0.sentence] }
    )
    let weighing = SupportWeighing(
      claim: claim,
      terms: terms,
      evidence: evidence,
      asked: asked
    )
    return SupportVerdict(
      score: weighing.score,
      faults: weighing.faults,
      places: ranges(of: chosen)
    )
  }

  /// What a sentence says, as far as it can be looked for.
  struct Terms {
    /// Stems that carry its meaning, each once.
    var content: [String]
    var facts: [FactText.Fact]

    init(_ claim: FactText) {
      var seen = Set<String>()
      let doubtful = Set(claim.facts.filter(\.isDoubtful).flatMap(\.tokens))
      content = claim.content.filter { !doubtful.contains($0) || claim.facts.isEmpty }
        .map { claim.tokens[$0].stem }.filter { seen.insert($0).inserted }
      facts = claim.facts
    }

    var isEmpty: Bool { content.isEmpty && facts.isEmpty }

    /// What a sentence of a passage holds: content by its stem, facts by their index.
    func held(by sentence: EvidencePassage.Sentence) -> (content: Set<Int>, facts: Set<Int>) {
      (
        Set(content.indices.filter { StemMatch.credit(content[$0], in: sentence.stems) > 0 }),
        Set(facts.indices.filter { sentence.holds(facts[$0]) })
      )
    }
  }

  struct Evidence {
    /// The sentences that hold most of it, the best first.
    var window: [EvidencePassage.Sentence]
    /// The passages they stand in.
    var around: [EvidencePassage]
    /// All sentences that count.
    var all: [EvidencePassage.Sentence]
  }

  /// The few sentences that together hold most of what is looked for.
  private func choose(
    _ terms: Terms,
    from places: [(passage: Int, sentence: Int)]
  ) -> [(passage: Int, sentence: Int)] {
    var chosen: [(passage: Int, sentence: Int)] = []
    var content = Set<Int>()
    var facts = Set<Int>()
    let held = places.map { terms.held(by: passages[$0.passage].sentences[$0.sentence]) }
    while chosen.count < Self.mostSentences {
      var best: (index: Int, gain: Int)?
      for (index, held) in held.enumerated() {
        let gain =
          held.content.subtracting(content).count + 2 * held.facts.subtracting(facts).count
        if gain > best?.gain ?? 0 { best = (index, gain) }
      }
      guard let best, chosen.isEmpty || best.gain >= 2 else { break }
      chosen.append(places[best.index])
      content.formUnion(held[best.index].content)
      facts.formUnion(held[best.index].facts)
    }
    return chosen
  }

  /// Where the chosen sentences stand; those side by side as one place.
  private func ranges(of chosen: [(passage: Int, sentence: Int)]) -> [SupportVerdict.Place] {
    var taken: [(passage: Int, sentences: ClosedRange<Int>)] = []
    for place in chosen {
      let beside = taken.firstIndex {
        $0.passage == place.passage && place.sentence >= $0.sentences.lowerBound - 1
          && place.sentence <= $0.sentences.upperBound + 1
      }
      if let beside {
        let range = taken[beside].sentences
        taken[beside].sentences =
          min(range.lowerBound, place.sentence)...max(range.upperBound, place.sentence)
      } else {
        taken.append((place.passage, place.sentence...place.sentence))
      }
    }
    return taken.map { place in
      let sentences = passages[place.passage].sentences
      return SupportVerdict.Place(
        passage: place.passage,
        range: sentences[place.sentences.lowerBound].range
          .lowerBound..<sentences[
            place.sentences.upperBound
          ].range.upperBound
      )
    }
  }
}
