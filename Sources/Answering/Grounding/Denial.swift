/// Finds sentences that deny what a passage says, or say what it denies.
enum Denial {
  /// How many words of meaning a negation reaches over.
  private static let reach = 3

  /// The word that only one side denies; nil where both agree.
  static func denied(claim: FactText, by window: [EvidencePassage.Sentence]) -> String? {
    let own = scopes(of: claim)
    let ownStems = claim.stems
    // Denied by the passage, stated by the sentence.
    for sentence in window.prefix(1) {
      for scope in scopes(of: sentence.facts) where !scope.isEmpty {
        let shared = scope.filter(ownStems.contains)
        let isStated = shared.count * 3 >= scope.count * 2
        if isStated, !own.contains(where: { !Set($0).isDisjoint(with: scope) }) {
          return shared.first
        }
      }
    }
    // Stated by the passage, denied by the sentence.
    for scope in own where !scope.isEmpty {
      for sentence in window {
        let shared = scope.filter(sentence.stems.contains)
        guard shared.count * 3 >= scope.count * 2 else { continue }
        let others = scopes(of: sentence.facts)
        if others.contains(where: { !Set($0).isDisjoint(with: scope) }) { return nil }
        return shared.first
      }
    }
    return nil
  }

  /// The first word of which the passages hold the opposite, and not the word itself.
  static func opposite(claim: FactText, in stems: Set<String>) -> String? {
    for token in claim.tokens {
      guard !stems.contains(token.stem) else { continue }
      if !Negation.opposites(of: token.stem).isDisjoint(with: stems) { return token.lower }
    }
    return nil
  }

  /// The stems behind each negation.
  private static func scopes(of text: FactText) -> [[String]] {
    text.tokens.indices.filter { text.tokens[$0].isNegation }.map { index in
      let behind = text.tokens[(index + 1)...]
        .filter { !$0.isStop && !$0.isNegation }
      return behind.prefix(reach).map(\.stem)
    }
  }
}
