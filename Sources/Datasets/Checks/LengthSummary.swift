/// How long the examples of a dataset are.
public struct LengthSummary: Sendable, Hashable, Codable {
  /// What lengths are counted in.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// Tokens of the model, special tokens included.
    case tokens
    /// Words, where no model is given.
    case words
  }

  /// The examples of one range of lengths.
  public struct Bin: Sendable, Hashable, Codable {
    /// The shortest length of the range.
    public var from: Int
    /// The longest length of the range.
    public var through: Int
    /// How many examples it holds.
    public var examples: Int
  }

  /// What lengths are counted in.
  public var unit: Unit
  /// The length that a share of the examples does not exceed, by nearest rank: minimum, 50%, 90%, 99%
  /// and maximum; all 0 without examples.
  public var minimum: Int
  public var median: Int
  public var p90: Int
  public var p99: Int
  public var maximum: Int
  /// The sum of all lengths.
  public var total: Int
  /// How many of them are learnt; nil without a model.
  public var learnt: Int?
  /// The most tokens that training takes of one example; nil without a model.
  public var limit: Int?
  /// How many examples are longer than the limit.
  public var examplesBeyondLimit: Int
  /// How many tokens are beyond the limit, in all.
  public var lostTokens: Int
  /// How many learnt tokens are beyond the limit, in all.
  public var lostLearntTokens: Int
  /// Up to 24 ranges of equal width that cover all lengths.
  public var histogram: [Bin]

  /// The summary of lengths that are not negative.
  init(
    unit: Unit,
    lengths: [Int],
    learnt: Int? = nil,
    limit: Int? = nil,
    examplesBeyondLimit: Int = 0,
    lostTokens: Int = 0,
    lostLearntTokens: Int = 0
  ) {
    let sorted = lengths.sorted()
    func rank(_ percent: Int) -> Int {
      sorted.isEmpty ? 0 : sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
    }
    self.unit = unit
    minimum = sorted.first ?? 0
    median = rank(50)
    p90 = rank(90)
    p99 = rank(99)
    maximum = sorted.last ?? 0
    total = sorted.reduce(0, +)
    self.learnt = learnt
    self.limit = limit
    self.examplesBeyondLimit = examplesBeyondLimit
    self.lostTokens = lostTokens
    self.lostLearntTokens = lostLearntTokens
    histogram = Self.bins(sorted)
  }

  private static func bins(_ sorted: [Int]) -> [Bin] {
    guard let first = sorted.first, let last = sorted.last else { return [] }
    let width = max(1, (last - first + 24) / 24)
    var bins: [Bin] = stride(from: first, through: last, by: width).map {
      Bin(from: $0, through: $0 + width - 1, examples: 0)
    }
    for length in sorted { bins[(length - first) / width].examples += 1 }
    return bins
  }
}
