public import Answering

/// What writes the answers.
public enum GeneratorChoice: Hashable, Sendable {
  /// Quotes from the passages; needs no model.
  case extractive
  /// An installed language model, or the path of a model's folder or GGUF file.
  case local(String)
  /// A model behind an OpenAI-compatible server.
  case server(ServerSettings)
}
