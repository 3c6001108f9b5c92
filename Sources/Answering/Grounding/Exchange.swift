/// Finds names and numbers that stand in a passage, but where another one stands in the sentence's
/// place: "Lane paid Vail" for "Vail paid Lane".
enum Exchange {
  /// Facts with how surely another belongs in their place, from 0 to 1.
  static func suspects(
    claim: FactText,
    evidence: SupportJudge.Evidence,
    least: Double,
    margin: Double
  ) -> [(fact: String, weight: Double)] {
    let claimed = claim.facts.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
    let own = runs(of: claim)
    let found = evidence.all.flatMap { sentence in
      runs(of: sentence.facts).map { (sentence: sentence.facts, run: $0) }
    }
    return own.compactMap { run in
      var support = 0.0
      var conflict = 0.0
      for other in found where other.run.kind == run.kind {
        let likeness = likeness(run, in: claim, to: other.run, in: other.sentence)
        let shared = run.keys.intersection(other.run.keys).count
        support = max(support, likeness * Double(shared) / Double(run.keys.count))
        // Part of a name is no other name.
        if shared < run.keys.count, !other.run.keys.isSubset(of: claimed) {
          conflict = max(conflict, likeness)
        }
      }
      guard conflict >= least, conflict > support + margin else { return nil }
      return (run.text, conflict)
    }
  }

  /// Facts of one kind side by side.
  private struct Run {
    var kind: FactText.Fact.Kind
    var tokens: Range<Int>
    var keys: Set<String>
    var text: String
  }

  private static func runs(of text: FactText) -> [Run] {
    var runs: [Run] = []
    let facts = text.facts.filter { !$0.isDoubtful }
      .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    for fact in facts {
      if let last = runs.last, last.kind == fact.kind,
        fact.tokens.lowerBound <= last.tokens.upperBound,
        fact.kind == .number || text.tokens[fact.tokens.lowerBound].isJoined
      {
        let end = max(last.tokens.upperBound, fact.tokens.upperBound)
        runs[runs.count - 1].tokens = last.tokens.lowerBound..<end
        runs[runs.count - 1].keys.formUnion(fact.keys)
        runs[runs.count - 1].text += " " + fact.text
      } else {
        runs.append(Run(kind: fact.kind, tokens: fact.tokens, keys: fact.keys, text: fact.text))
      }
    }
    return runs
  }

  /// How far the words on both sides are the same, the nearer ones and those with meaning counting
  /// more.
  private static func likeness(
    _ run: Run,
    in text: FactText,
    to other: Run,
    in sentence: FactText
  ) -> Double {
    var total = 0.0
    var same = 0.0
    for step in [-3, -2, -1, 1, 2, 3] {
      func place(_ run: Run) -> Int {
        step < 0 ? run.tokens.lowerBound + step : run.tokens.upperBound - 1 + step
      }
      guard text.tokens.indices.contains(place(run)) else { continue }
      let token = text.tokens[place(run)]
      let weight = (token.isStop ? 0.5 : 1) / Double(abs(step))
      total += weight
      if sentence.tokens.indices.contains(place(other)),
        sentence.tokens[place(other)].stem == token.stem
      {
        same += weight
      }
    }
    return total == 0 ? 0 : same / total
  }
}
