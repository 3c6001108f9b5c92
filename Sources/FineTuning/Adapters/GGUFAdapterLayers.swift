import LanguageModels

/// The linear layers of a decoder as GGUF files have them.
struct GGUFAdapterLayers {
  struct Layer {
    /// The weight's name, such as `blk.0.attn_q.weight`.
    let name: String
    let inputs: Int
    let outputs: Int
    /// Which of transformers' rows each row in the file is; `nil` where the order is the same.
    let order: [Int]?
  }

  /// What GGUF files call the architecture.
  let architecture: String
  /// The layers by the names of transformers.
  let layers: [String: Layer]

  init(_ configuration: DecoderConfiguration) {
    // llama.cpp knows Mistral as a Llama, and rotates neighbouring values in both.
    let isLlama = [.llama, .mistral].contains(configuration.architecture)
    architecture = isLlama ? "llama" : configuration.architecture.rawValue
    var linear = configuration.linearLayers
    if !configuration.tiesEmbeddings {
      linear.append(("lm_head", configuration.hiddenSize, configuration.vocabularySize))
    }
    var layers: [String: Layer] = [:]
    for (path, inputs, outputs) in linear {
      guard let name = GGUFNames.tensor(path + ".weight", configuration) else { continue }
      var heads: Int?
      if isLlama, path.hasSuffix(".q_proj") { heads = configuration.heads }
      if isLlama, path.hasSuffix(".k_proj") { heads = configuration.keyValueHeads }
      layers[path] = Layer(
        name: name,
        inputs: inputs,
        outputs: outputs,
        order: heads.map { Self.order(heads: $0, headSize: configuration.headSize) }
      )
    }
    self.layers = layers
  }

  /// Pairs of rows that transformers keeps half a head apart lie side by side.
  private static func order(heads: Int, headSize: Int) -> [Int] {
    (0..<heads).flatMap { head in
      (0..<headSize).map { head * headSize + $0 / 2 + ($0 % 2) * (headSize / 2) }
    }
  }
}
