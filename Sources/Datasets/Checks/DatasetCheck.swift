/// What was found out about a dataset before anything is trained on it.
///
/// It says what would spoil the training (``findings``), what would make it pointless
/// (``worthlessReasons``), and shows the shape of the data. It can be written as JSON and read again,
/// and drawn as a page (``html()``).
public struct DatasetCheck: Sendable, Hashable, Codable {
  /// How many examples one split holds.
  public struct SplitCount: Sendable, Hashable, Codable {
    /// The split; nil for examples that belong to none yet.
    public var split: Example.Split?
    /// How many examples it holds.
    public var examples: Int

    /// A split with its size.
    public init(split: Example.Split?, examples: Int) {
      self.split = split
      self.examples = examples
    }
  }

  /// How many examples are written in one language.
  public struct LanguageCount: Sendable, Hashable, Codable {
    /// ISO 639-1 code; `und` where a text is too short or of no known language.
    public var language: String
    /// How many examples are written in it.
    public var examples: Int

    /// A language with the number of its examples.
    public init(language: String, examples: Int) {
      self.language = language
      self.examples = examples
    }
  }

  /// How far one value outweighs the others.
  public struct Dominance: Sendable, Hashable, Codable {
    /// The most frequent value, as a short excerpt.
    public var value: String
    /// How many examples have it.
    public var examples: Int
    /// Their share of the examples that have any value, from 0 to 1.
    public var share: Double

    /// A most frequent value.
    public init(value: String, examples: Int, share: Double) {
      self.value = value
      self.examples = examples
      self.share = share
    }
  }

  /// How many examples were looked at.
  public var exampleCount: Int
  /// Every finding, the gravest first; of one severity in the order of kinds and examples.
  public var findings: [Finding]
  /// Why training on this data would be worthless; empty where it would not.
  public var worthlessReasons: [String]
  /// How good the data is, from 0 to 100, with the parts that make it up.
  public var score: QualityScore
  /// The sizes of the splits, in the order train, validation, test, none; splits without examples are
  /// left out.
  public var splits: [SplitCount]
  /// How long the examples are, and how much of them is beyond the limit.
  public var lengths: LengthSummary
  /// The languages of the examples, the most frequent first.
  public var languages: [LanguageCount]
  /// The most frequent answer; nil without answers.
  public var topAnswer: Dominance?
  /// The document that most examples come from; nil where no source is known.
  public var topDocument: Dominance?

  /// Whether training on this data would be worthless, so that `tune` refuses it.
  public var isWorthless: Bool { !worthlessReasons.isEmpty }

  /// The findings of one kind, in their order.
  public func findings(of kind: Finding.Kind) -> [Finding] {
    findings.filter { $0.kind == kind }
  }

  /// The indices of all examples that findings of one kind name, in ascending order.
  public func examples(with kind: Finding.Kind) -> [Int] {
    Set(findings(of: kind).flatMap(\.examples)).sorted()
  }
}
