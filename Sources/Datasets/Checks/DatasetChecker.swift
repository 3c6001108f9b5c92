/// Says before training what would spoil it.
///
/// It looks for duplicates, leaks between splits, contradictions, texts that are empty, unfinished or
/// cut, masks that train nothing, wrong end tokens, personal data, imbalance and stray languages. The
/// same examples and seed give the same report.
public struct DatasetChecker: Sendable {
  /// What the check is set to.
  public struct Settings: Sendable, Hashable, Codable {
    /// Seed of the hash functions that find similar texts.
    public var seed: UInt64
    /// Whether examples of one document must stay in one split.
    public var isSplitByDocument: Bool
    /// The share of examples, from 0 to 1, above which one answer or document outweighs the rest.
    public var largestShare: Double

    /// Settings; the defaults fit most data.
    public init(seed: UInt64 = 0, isSplitByDocument: Bool = true, largestShare: Double = 0.25) {
      self.seed = seed
      self.isSplitByDocument = isSplitByDocument
      self.largestShare = largestShare
    }
  }

  /// What the check is set to.
  public var settings: Settings

  /// A checker.
  public init(settings: Settings = Settings()) {
    self.settings = settings
  }

  /// Checks examples.
  ///
  /// - Parameters:
  ///   - examples: The examples, each with its split if the data is split.
  ///   - names: What to call each in the report, of the same number; `#1`, `#2`, … without.
  ///   - encoder: What the model to be trained makes of them; without it lengths are counted in words,
  ///     and what is cut or ends wrong stays unknown.
  /// - Returns: The report.
  /// - Complexity: O(n log n) in the number of examples.
  public func check(
    _ examples: [Example],
    names: [String]? = nil,
    encoder: (any ExampleEncoder)? = nil
  ) -> DatasetCheck {
    let given = names.flatMap { $0.count == examples.count ? $0 : nil }
    let context = CheckContext(
      examples: examples,
      names: given?.map { Excerpt.of($0, limit: 60) } ?? (0..<examples.count).map { "#\($0 + 1)" },
      settings: settings
    )
    let similarity = SimilarityCheck(context)
    let texts = TextCheck(context, reportsMasks: encoder == nil)
    let tokens = encoder.map { TokenCheck(context, encoder: $0) }
    let balance = BalanceCheck(context)
    let splits = Self.splits(examples)
    var verdict = Verdict(context, splits: splits)
    verdict.judge(similarity: similarity, texts: texts, tokens: tokens)
    let findings =
      verdict.findings + similarity.findings + texts.findings + (tokens?.findings ?? [])
      + balance.findings
    let ranks = Dictionary(
      uniqueKeysWithValues: Finding.Kind.allCases.enumerated().map { ($1, $0) }
    )
    return DatasetCheck(
      exampleCount: examples.count,
      findings: findings.enumerated().sorted {
        let (left, right) = ($0.element, $1.element)
        if left.severity != right.severity { return left.severity < right.severity }
        let (first, second) = (ranks[left.kind] ?? 0, ranks[right.kind] ?? 0)
        if first != second { return first < second }
        if left.examples != right.examples {
          return left.examples.lexicographicallyPrecedes(right.examples)
        }
        return $0.offset < $1.offset
      }.map(\.element),
      worthlessReasons: verdict.reasons,
      score: QualityScore(findings: findings, exampleCount: examples.count),
      splits: splits,
      lengths: tokens?.lengths ?? Self.wordLengths(examples),
      languages: balance.languages,
      topAnswer: balance.topAnswer,
      topDocument: balance.topDocument
    )
  }

  private static func splits(_ examples: [Example]) -> [DatasetCheck.SplitCount] {
    let counts = Dictionary(grouping: examples, by: \.split).mapValues(\.count)
    let order: [Example.Split?] = Example.Split.allCases + [nil]
    return order.compactMap { split in
      counts[split].map { DatasetCheck.SplitCount(split: split, examples: $0) }
    }
  }

  private static func wordLengths(_ examples: [Example]) -> LengthSummary {
    LengthSummary(
      unit: .words,
      lengths: examples.map { example in
        example.messages.reduce(0) { $0 + $1.content.split(whereSeparator: \.isWhitespace).count }
      }
    )
  }
}
