/// How good a dataset is, from 0 to 100, as the sum of parts.
///
/// Each part starts with all its points and loses them in proportion to the share of examples that
/// findings of its kinds name: at a share of `1 / weight` nothing is left. The shares count each
/// example once, however many findings name it. Documented in ``Part/explanation``.
public struct QualityScore: Sendable, Hashable, Codable {
  /// One aspect of quality.
  public struct Part: Sendable, Hashable, Codable {
    /// The aspect.
    public var name: String
    /// The points it got, from 0 to ``maximum``.
    public var points: Double
    /// The points it could get.
    public var maximum: Double
    /// How the points were given.
    public var explanation: String
  }

  /// The aspects, in a fixed order; their maxima add up to 100.
  public var parts: [Part]

  /// The points of all parts, from 0 to 100.
  public var total: Double { parts.reduce(0) { $0 + $1.points } }
}

extension QualityScore {
  /// Which findings cost points in which part.
  private struct Rule {
    var name: String
    var maximum: Double
    /// How fast points are lost: all of them at a share of 1 / weight.
    var weight: Double
    var kinds: Set<Finding.Kind>
    var what: String
  }

  private static let rules = [
    Rule(
      name: "Learnable",
      maximum: 20,
      weight: 2,
      kinds: [.emptySplit, .nothingLearnt, .cannotEncode, .wrongEndToken, .foreignMarker],
      what: "something is learnt, and it ends with the right token"
    ),
    Rule(
      name: "Separate",
      maximum: 20,
      weight: 5,
      kinds: [.leakage, .sharedDocument],
      what: "nothing of one split stands in another"
    ),
    Rule(
      name: "Consistent",
      maximum: 15,
      weight: 5,
      kinds: [.contradiction],
      what: "no answer excludes another to the same question"
    ),
    Rule(
      name: "Unique",
      maximum: 15,
      weight: 1.5,
      kinds: [.exactDuplicate, .nearDuplicate],
      what: "no example repeats another"
    ),
    Rule(
      name: "Complete",
      maximum: 15,
      weight: 2,
      kinds: [.empty, .truncated, .unfinished],
      what: "no text is empty, cut or unfinished"
    ),
    Rule(
      name: "Private",
      maximum: 10,
      weight: 5,
      kinds: [.personalData, .secret],
      what: "no personal data and no secrets"
    ),
    Rule(
      name: "Balanced",
      maximum: 5,
      weight: 1,
      kinds: [.imbalance, .foreignLanguage],
      what: "no answer, document or language outweighs the rest or stands alone"
    ),
  ]

  /// The score of a dataset by its findings.
  init(findings: [Finding], exampleCount: Int) {
    parts = Self.rules.map { rule in
      let counted = findings.filter { rule.kinds.contains($0.kind) }
      let isAboutAll = counted.contains { $0.examples.isEmpty && $0.severity != .note }
      let named = Set(counted.flatMap(\.examples)).count
      let share =
        exampleCount == 0 || isAboutAll ? 1 : Double(named) / Double(exampleCount)
      let kept = max(0, 1 - rule.weight * share)
      let gone = Int((100 / rule.weight).rounded())
      return Part(
        name: rule.name,
        points: rule.maximum * kept,
        maximum: rule.maximum,
        explanation:
          "Full where \(rule.what); nothing is left when \(gone)% of the examples are concerned."
      )
    }
  }
}
