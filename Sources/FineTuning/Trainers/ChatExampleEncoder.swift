public import Datasets
public import Foundation
public import LanguageModels
import Tokenizers

/// Turns examples into what a generator sees: the model's own chat template, loss on what the assistant
/// says and on the token that ends it.
public struct ChatExampleEncoder: ExampleEncoder {
  /// The model whose template and tokenizer are used.
  public let model: LanguageModel
  /// The most tokens of one example that the training takes.
  public let maximumTokens: Int
  /// The time that templates tell which write the date.
  private let now: Date

  /// An encoder for a model.
  public init(_ model: LanguageModel, maximumTokens: Int, now: Date) {
    self.model = model
    self.maximumTokens = maximumTokens
    self.now = now
  }

  /// The tokens with which the model ends what it says.
  public var endTokens: Set<Int32> { model.endTokens }

  /// The tokens of an example, not cut.
  ///
  /// - Throws: what ``LanguageModel/trainingTokens(for:isLearnt:now:)`` throws.
  public func encode(_ example: Example) throws -> EncodedExample {
    let encoded = try model.trainingTokens(
      for: example.messages.map { ChatMessage(role: $0.role.rawValue, content: $0.content) },
      isLearnt: example.messages.map(\.isLearnt),
      now: now
    )
    return EncodedExample(tokens: encoded.tokens, isLearnt: encoded.isLearnt)
  }

  /// Tokens as text, special ones included.
  public func text(of tokens: [Int32]) -> String {
    model.tokenizer.decode(tokens, skipSpecialTokens: false)
  }
}
