/// Compares words that may have other endings.
enum StemMatch {
  /// 1 where the stem is among others, 0.8 where one of them begins like it, else 0.
  static func credit(_ stem: String, in stems: Set<String>) -> Double {
    if stems.contains(stem) { return 1 }
    guard stem.count >= 5 else { return 0 }
    return stems.contains { isRelated(stem, $0) } ? 0.8 : 0
  }

  /// Whether the common beginning is five letters or more, and most of the longer word.
  private static func isRelated(_ first: String, _ second: String) -> Bool {
    let longer = max(first.utf8.count, second.utf8.count)
    guard min(first.utf8.count, second.utf8.count) >= 5 else { return false }
    let common = zip(first.utf8, second.utf8).prefix { $0 == $1 }.count
    return common >= 5 && Double(common) >= 0.65 * Double(longer)
  }
}

extension EvidencePassage.Sentence {
  /// Whether it holds a fact, in whatever spelling.
  func holds(_ fact: FactText.Fact) -> Bool {
    switch fact.kind {
    case .name: !stems.isDisjoint(with: fact.keys)
    case .number:
      facts.facts.contains { $0.kind == .number && !$0.keys.isDisjoint(with: fact.keys) }
    }
  }
}
