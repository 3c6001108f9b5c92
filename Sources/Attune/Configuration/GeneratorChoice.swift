public import Answering

/// What writes the answers.
public enum GeneratorChoice: Hashable, Sendable {
  /// A short answer by the model that comes with the program, and quotes; quotes alone where it is not
  /// there.
  case answerModel
  /// Quotes from the passages; needs no model.
  case extractive
  /// An installed language model, or the path of a model's folder or GGUF file.
  case local(String)
  /// A model behind an OpenAI-compatible server.
  case server(ServerSettings)
}
