/// The families of decoders that run here.
public enum DecoderArchitecture: String, Sendable, CaseIterable, Codable {
  /// Llama 1 to 3, TinyLlama, SmolLM2 and all that share their form.
  case llama
  /// Mistral.
  case mistral
  /// Qwen 2 and 2.5.
  case qwen2
  /// Qwen 3, dense.
  case qwen3
  /// Phi-3, Phi-3.5 and Phi-4-mini.
  case phi3
  /// Gemma 2.
  case gemma2
  /// Gemma 3, its text part.
  case gemma3

  /// The architecture of a `model_type` of Hugging Face or a `general.architecture` of GGUF.
  ///
  /// - Throws: `LanguageModelError` with code `unsupportedModel`, which lists what is supported.
  init(named name: String, subject: String) throws(LanguageModelError) {
    if let known = DecoderArchitecture(rawValue: name == "gemma3_text" ? "gemma3" : name) {
      self = known
      return
    }
    let supported = Self.allCases.map(\.rawValue).joined(separator: ", ")
    throw LanguageModelError(
      .unsupportedModel,
      "The architecture \"\(name.prefix(60))\" is not supported.",
      subject: subject,
      remedy: "Use a model of one of these: \(supported)."
    )
  }

  /// Whether the weights of norms are stored as the difference from one.
  package var storesNormsFromOne: Bool { self == .gemma2 || self == .gemma3 }
}
