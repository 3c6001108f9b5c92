/// The figures behind one verdict.
struct SupportWeighing {
  private(set) var score = 0.0
  private(set) var faults: [SupportFault] = []

  /// How much worse a fact must fit its place than another does, to count as put there instead of it.
  private static let exchangeMargin = 0.2
  private static let exchangeLeast = 0.6

  init(
    claim: FactText,
    terms: SupportJudge.Terms,
    evidence: SupportJudge.Evidence,
    asked: Set<String>
  ) {
    let windowStems = evidence.window.reduce(into: Set<String>()) { $0.formUnion($1.stems) }
    let around = evidence.around.reduce(into: Set<String>()) { $0.formUnion($1.surroundingStems) }
    let all = evidence.around.reduce(into: Set<String>()) { $0.formUnion($1.stems) }
    let near = windowStems.union(around)

    var missing: [String] = []
    var total = 0.0
    for stem in terms.content {
      let credit = max(StemMatch.credit(stem, in: near), 0.5 * StemMatch.credit(stem, in: all))
      if credit == 0 { missing.append(stem) }
      total += credit
    }
    let hard = terms.facts.contains { !$0.isDoubtful }
    // Words of the question alone say nothing.
    if hard || total > 0 {
      total += 0.5 * Double(missing.count { StemMatch.credit($0, in: asked) > 0 })
    }
    let share = terms.content.isEmpty ? 1 : total / Double(terms.content.count)

    var least = 1.0
    for fact in terms.facts {
      let credit = Self.credit(for: fact, evidence: evidence, around: around)
      if credit == 0 {
        if fact.isDoubtful, fact.kind == .number { continue }
        faults.append(SupportFault(fact.kind == .name ? .name : .number, fact.text))
      }
      least = min(least, credit)
    }
    var factor = 1.0
    for fact in terms.facts where Self.hasOtherUnit(fact, in: evidence.all) {
      faults.append(SupportFault(.unit, fact.text))
      factor *= 0.4
    }
    for (fact, weight) in Exchange.suspects(
      claim: claim,
      evidence: evidence,
      least: Self.exchangeLeast,
      margin: Self.exchangeMargin
    ) {
      faults.append(SupportFault(.exchanged, fact))
      factor *= 1 - 0.6 * weight
    }
    if let denied = Denial.denied(claim: claim, by: evidence.window) {
      faults.append(SupportFault(.negation, denied))
      factor *= 0.4
    }
    if let opposite = Denial.opposite(claim: claim, in: near) {
      faults.append(SupportFault(.opposite, opposite))
      factor *= 0.5
    }
    if share < SupportJudge.leastShare { faults.append(SupportFault(.claim, missing.first)) }
    score = factor * (hard ? 0.4 * share + 0.6 * least : 0.7 * share + 0.3 * least)
  }

  /// How well the passages hold a fact: best in the sentences that hold the rest, less elsewhere.
  private static func credit(
    for fact: FactText.Fact,
    evidence: SupportJudge.Evidence,
    around: Set<String>
  ) -> Double {
    if evidence.window.first.map({ $0.holds(fact) }) ?? false { return 1 }
    if evidence.window.contains(where: { $0.holds(fact) }) { return 0.9 }
    switch fact.kind {
    case .name:
      if !around.isDisjoint(with: fact.keys) { return 0.95 }
    case .number:
      let headings = evidence.around.flatMap(\.surroundings.facts)
      if headings.contains(where: { $0.kind == .number && !$0.keys.isDisjoint(with: fact.keys) }) {
        return 0.8
      }
    }
    guard evidence.all.contains(where: { $0.holds(fact) }) else { return 0 }
    return fact.kind == .name ? 0.75 : 0.6
  }

  /// Whether a number stands in the passages only with another unit.
  private static func hasOtherUnit(
    _ fact: FactText.Fact,
    in sentences: [EvidencePassage.Sentence]
  ) -> Bool {
    guard let unit = fact.unit else { return false }
    let same = sentences.flatMap(\.facts.facts).filter {
      $0.kind == .number && !$0.keys.isDisjoint(with: fact.keys)
    }
    return !same.isEmpty && same.allSatisfy { $0.unit != nil && $0.unit != unit }
  }
}
