/// One thing in a dataset that would spoil training, or might.
public struct Finding: Sendable, Hashable, Codable {
  /// What is wrong.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The dataset, or a split that is needed, holds no example.
    case emptySplit
    /// Nothing of the example is learnt.
    case nothingLearnt
    /// The model's chat template refuses the conversation.
    case cannotEncode
    /// The same or nearly the same example stands in two splits.
    case leakage
    /// Examples of one document stand in several splits.
    case sharedDocument
    /// The same question has answers that exclude each other.
    case contradiction
    /// A question or an answer without text.
    case empty
    /// Tokens beyond the limit, which training would not see.
    case truncated
    /// What is learnt does not end with a token that ends an answer.
    case wrongEndToken
    /// Markers of a chat format stand in the text.
    case foreignMarker
    /// Personal data.
    case personalData
    /// A key or password for a service.
    case secret
    /// The same example again.
    case exactDuplicate
    /// The same example in slightly other words.
    case nearDuplicate
    /// An answer that stops within a sentence.
    case unfinished
    /// A few answers, documents or lengths outweigh the rest.
    case imbalance
    /// A text in another language than nearly all others.
    case foreignLanguage
  }

  /// How much it matters.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Training or its measurement is wrong with it.
    case error
    /// The result is worse with it.
    case warning
    /// Good to know.
    case note

    /// The graver comes first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// What is wrong.
  public var kind: Kind
  /// How much it matters.
  public var severity: Severity
  /// The indices of the examples that it is about, ascending, from 0; empty where it is about all.
  public var examples: [Int]
  /// The names of those examples, in the same order: what the caller named them, or `#1` for the first.
  public var names: [String]
  /// What was found, in one sentence.
  public var message: String
  /// A few words of the text, without control characters; personal data is masked.
  public var excerpt: String
  /// What to do about it.
  public var remedy: String

  /// A finding.
  public init(
    kind: Kind,
    severity: Severity,
    examples: [Int],
    names: [String],
    message: String,
    excerpt: String,
    remedy: String
  ) {
    self.kind = kind
    self.severity = severity
    self.examples = examples
    self.names = names
    self.message = message
    self.excerpt = excerpt
    self.remedy = remedy
  }
}
