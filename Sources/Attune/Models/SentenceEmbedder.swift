import Knowledge
import LanguageModels

/// A sentence encoder in the role of the embedder.
struct SentenceEmbedder: TextEmbedder {
  let identity: String
  let languages: Set<String>?
  private let encoder: SentenceEncoder

  /// Gives an encoder the role; `identity` names the model and its weights.
  init(_ encoder: SentenceEncoder, identity: String, languages: Set<String>? = nil) {
    self.encoder = encoder
    self.identity = identity
    self.languages = languages
  }

  var dimension: Int { encoder.dimension }
  var maximumTokens: Int { encoder.maximumTokens }

  func countTokens(_ text: String) -> Int { encoder.countTokens(text) }

  func embed(_ inputs: [EmbeddingInput]) throws -> [EmbeddedText] {
    try encoder.encode(
      inputs.map { SentenceEncoder.Input(prefix: $0.prefix, text: $0.text, spans: $0.spans) }
    ).map {
      EmbeddedText(vector: $0.vector, spanVectors: $0.spanVectors, tokenCount: $0.tokenCount)
    }
  }
}
