/// Words that turn a statement round.
enum Negation {
  static func isNegation(_ word: String) -> Bool { words.contains(word) }

  /// The stem that says the opposite; nil where none is known.
  static func opposite(of stem: String) -> String? { opposites[stem] }

  /// English, with the commonest words of a few languages beside it. `t` and `cannot` stand for
  /// contractions, which are cut at the apostrophe.
  private static let words: Set<String> = [
    "not", "no", "never", "none", "neither", "nor", "without", "cannot", "nobody", "nothing",
    "nowhere", "don", "doesn", "didn", "isn", "aren", "wasn", "weren", "won", "wouldn", "couldn",
    "shouldn", "hasn", "haven", "hadn", "mustn", "nicht", "kein", "keine", "keinen", "nie", "ohne",
    "ne", "pas", "jamais", "sans", "nunca", "sin", "ikke", "ingen", "inte", "non",
  ]

  private static let opposites: [String: String] = {
    let pairs = [
      ("increas", "decreas"), ("ris", "fall"), ("rose", "fell"), ("grow", "shrink"),
      ("grew", "shrank"), ("mor", "less"), ("more", "less"), ("most", "least"), ("more", "fewer"),
      ("highest", "lowest"), ("higher", "lower"), ("largest", "smallest"), ("larger", "smaller"),
      ("longest", "shortest"), ("longer", "shorter"), ("maximum", "minimum"), ("before", "after"),
      ("above", "below"), ("allow", "forbid"), ("allow", "prohibit"), ("permitt", "prohibit"),
      ("includ", "exclud"), ("accept", "reject"), ("open", "clos"), ("always", "never"),
      ("first", "last"), ("earliest", "latest"), ("win", "los"), ("won", "lost"),
      ("import", "export"), ("enabl", "disabl"), ("optional", "mandatory"),
      ("optional", "required"), ("north", "south"), ("east", "west"), ("northern", "southern"),
      ("eastern", "western"), ("left", "right"), ("buy", "sell"), ("bought", "sold"),
    ]
    return Dictionary(
      pairs.flatMap { [($0.0, $0.1), ($0.1, $0.0)] },
      uniquingKeysWith: { first, _ in first }
    )
  }()
}
