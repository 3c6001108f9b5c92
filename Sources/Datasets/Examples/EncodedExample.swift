/// An example as a model sees it: tokens, and which of them are learnt.
public struct EncodedExample: Sendable, Hashable {
  /// The tokens of the whole conversation, special tokens included.
  public var tokens: [Int32]
  /// For each token whether the model learns to write it.
  public var isLearnt: [Bool]

  /// Tokens with their mask, of equal length.
  public init(tokens: [Int32], isLearnt: [Bool]) {
    precondition(tokens.count == isLearnt.count, "each token has its mark")
    self.tokens = tokens
    self.isLearnt = isLearnt
  }

  /// How many tokens are learnt.
  public var learntCount: Int { isLearnt.count { $0 } }
}

/// Turns examples into what a model sees.
public protocol ExampleEncoder: Sendable {
  /// The most tokens of one example that the training takes.
  var maximumTokens: Int { get }
  /// The tokens with which the model ends what it says; empty where it has none.
  var endTokens: Set<Int32> { get }

  /// The tokens of an example, not cut.
  ///
  /// - Throws: where the model cannot take the conversation, such as a role that its template refuses.
  func encode(_ example: Example) throws -> EncodedExample

  /// Tokens as text, for a person to read.
  func text(of tokens: [Int32]) -> String
}
