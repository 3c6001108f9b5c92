/// Words that turn a statement round.
enum Negation {
  /// Whether a word denies. `isContracted` says that it is the rest of a word cut at its apostrophe, as
  /// the "t" of "don't".
  static func isNegation(_ word: String, isContracted: Bool) -> Bool {
    words.contains(word) || word == "t" && isContracted
  }

  /// The stems that say the opposite.
  static func opposites(of stem: String) -> Set<String> { opposites[stem] ?? [] }

  private static let words: Set<String> = [
    "not", "no", "never", "none", "neither", "nor", "without", "cannot", "nobody", "nothing",
    "nowhere", "nicht", "kein", "keine", "keinen", "ohne", "jamais", "nunca", "ikke", "ingen",
    "inte",
  ]

  private static let opposites: [String: Set<String>] = {
    let pairs = [
      ("increase", "decrease"), ("rise", "fall"), ("rose", "fell"), ("rising", "falling"),
      ("grow", "shrink"), ("grew", "shrank"), ("more", "less"), ("more", "fewer"),
      ("most", "least"), ("highest", "lowest"), ("higher", "lower"), ("largest", "smallest"),
      ("larger", "smaller"), ("longest", "shortest"), ("longer", "shorter"),
      ("maximum", "minimum"), ("before", "after"), ("above", "below"), ("allowed", "forbidden"),
      ("allowed", "prohibited"), ("permitted", "prohibited"), ("included", "excluded"),
      ("accepted", "rejected"), ("opens", "closes"), ("open", "closed"), ("always", "never"),
      ("first", "last"), ("earliest", "latest"), ("won", "lost"), ("imports", "exports"),
      ("enabled", "disabled"), ("optional", "mandatory"), ("optional", "required"),
      ("north", "south"), ("east", "west"), ("northern", "southern"), ("eastern", "western"),
      ("bought", "sold"),
    ]
    var opposites: [String: Set<String>] = [:]
    for (one, other) in pairs {
      let (one, other) = (LightStemmer.stem(one), LightStemmer.stem(other))
      opposites[one, default: []].insert(other)
      opposites[other, default: []].insert(one)
    }
    return opposites
  }()
}
