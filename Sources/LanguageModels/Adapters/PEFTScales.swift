/// Rank and alpha of each layer, as a PEFT configuration gives them.
struct PEFTScales {
  let isRankStabilized: Bool
  let usesDoRA: Bool
  private let rank: Int?
  private let alpha: Double
  private let ranks: [(pattern: LayerPattern, value: Int)]
  private let alphas: [(pattern: LayerPattern, value: Double)]

  /// - Throws: `LanguageModelError` with code `malformedConfiguration` if alpha is missing or a pattern
  ///   cannot be used.
  init(_ configuration: PEFTConfiguration, subject: String) throws(LanguageModelError) {
    guard let alpha = configuration.alpha, alpha.isFinite else {
      throw LanguageModelError(
        .malformedConfiguration,
        "It has no lora_alpha.",
        subject: subject,
        remedy: "Get the adapter again, or save it again with PEFT."
      )
    }
    self.alpha = alpha
    rank = configuration.rank
    isRankStabilized = configuration.isRankStabilized ?? false
    usesDoRA = configuration.usesDoRA ?? false
    // PEFT takes the first that matches in the file's order, which JSON objects do not keep here: the
    // longest pattern, which is the narrowest as a rule, comes first.
    ranks = try Self.patterns(configuration.rankPattern ?? [:], subject)
    alphas = try Self.patterns(configuration.alphaPattern ?? [:], subject)
  }

  private static func patterns<Value>(
    _ values: [String: Value],
    _ subject: String
  ) throws(LanguageModelError) -> [(pattern: LayerPattern, value: Value)] {
    var patterns: [(LayerPattern, Value)] = []
    for (text, value) in values.sorted(by: {
      ($1.key.count, $0.key) < ($0.key.count, $1.key)
    }) {
      patterns.append((try LayerPattern(text, subject: subject), value))
    }
    return patterns
  }

  /// The rank that a layer should have, if that is said.
  func rank(of layer: String) -> Int? {
    ranks.first { $0.pattern.matches(layer) }?.value ?? rank
  }

  /// The alpha of a layer.
  func alpha(of layer: String) -> Double {
    alphas.first { $0.pattern.matches(layer) }?.value ?? alpha
  }
}
