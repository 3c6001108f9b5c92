public import Foundation
import Synchronization
public import Tokenizers

/// A language model with all that belongs to it: weights, tokenizer and chat template.
///
/// Generating blocks the calling thread; call it from one of yours. The tokens of the last call stay
/// cached, so that a prompt that begins like the one before, such as a conversation that goes on, is
/// read from where it differs; the result is the same.
public final class LanguageModel: Sendable {
  /// The folder or file that it was read from.
  public let location: URL
  /// The weights.
  public let decoder: CausalDecoder
  /// Text to tokens and back.
  public let tokenizer: Tokenizer
  /// What the model's files say about how a conversation becomes a prompt.
  public let chatSettings: ChatTemplateSettings
  /// The most tokens of prompt and answer together.
  public let contextLength: Int

  let cache = Mutex<KeyValueCache?>(nil)
  let activeAdapter = Mutex<DecoderAdapter?>(nil)
  /// The templates that have been needed so far, by their source.
  let templates = Mutex<[String: ChatTemplate]>([:])

  /// The context unless another is asked for: longer ones cost memory.
  static let usualContextLength = 8192

  /// Caches have a multiple of this capacity.
  static let cacheStep = 64

  /// A model from its parts.
  ///
  /// - Parameters:
  ///   - location: the folder or file that it was read from.
  ///   - decoder: the weights.
  ///   - tokenizer: text to tokens and back.
  ///   - chatSettings: how a conversation becomes a prompt; templates are read when they are needed,
  ///     so that one that cannot be understood does not keep the model from continuing plain text.
  ///   - contextLength: the most tokens of prompt and answer together; 8,192, or what the model was
  ///     made for if that is less, if `nil`.
  /// - Throws: `LanguageModelError` if the context is not such as the model can have.
  public init(
    location: URL,
    decoder: CausalDecoder,
    tokenizer: Tokenizer,
    chatSettings: ChatTemplateSettings,
    contextLength: Int? = nil
  ) throws(LanguageModelError) {
    let most = decoder.configuration.contextLength
    let length = contextLength ?? min(most, Self.usualContextLength)
    guard (1...most).contains(length) else {
      throw LanguageModelError(
        .contextExceeded,
        "A context of \(length) tokens is asked for; the model was made for \(most).",
        subject: location.path,
        remedy: "Ask for 1 to \(most) tokens."
      )
    }
    self.location = location
    self.decoder = decoder
    self.tokenizer = tokenizer
    self.chatSettings = chatSettings
    self.contextLength = length
  }
}
