public import Foundation

extension DecoderConfiguration {
  /// Reads and checks a model folder's `config.json`, and the end tokens of `generation_config.json`
  /// if there is one.
  ///
  /// - Throws: `LanguageModelError` if a file is absent or malformed, or describes a model that does
  ///   not run here.
  public init(folder: URL) throws(LanguageModelError) {
    let file = folder.appendingPathComponent("config.json")
    let whole: DecoderSettings = try SettingsFile.read(file)
    let subject = file.path
    guard let type = whole.modelType else {
      throw Self.malformed("It has no model_type.", subject)
    }
    let architecture = try DecoderArchitecture(named: type, subject: subject)
    // Gemma 3 with pictures keeps the sizes of its text part one level deeper.
    let settings = whole.textConfig?.value ?? whole
    try Self.refuse(settings, architecture, subject)
    self = try Self.sizes(settings, architecture, subject)
    beginToken = (settings.bosTokenId ?? whole.bosTokenId).flatMap { token($0) }
    let generation: DecoderSettings? = try SettingsFile.readIfPresent(
      folder.appendingPathComponent("generation_config.json")
    )
    var ends: [Int32] = []
    for list in [settings.eosTokenId, whole.eosTokenId, generation?.eosTokenId] {
      for id in list?.ids ?? [] {
        if let id = token(id), !ends.contains(id) { ends.append(id) }
      }
    }
    endTokens = ends
    try check(subject)
  }

  /// An id if it is one of the vocabulary: files state -1, for example, where there is none.
  func token(_ id: Int) -> Int32? {
    (0..<vocabularySize).contains(id) ? Int32(exactly: id) : nil
  }

  /// Refuses what would be computed wrongly.
  private static func refuse(
    _ settings: DecoderSettings,
    _ architecture: DecoderArchitecture,
    _ subject: String
  ) throws(LanguageModelError) {
    let reason: String
    if let method = settings.quantizationConfig?.quantMethod {
      reason = "Its weights were quantised by \"\(method.prefix(40))\""
    } else if settings.useBidirectionalAttention == true {
      reason = "It attends in both directions"
    } else {
      return
    }
    throw LanguageModelError(
      .unsupportedModel,
      reason + ", which is not supported.",
      subject: subject,
      remedy: "Use the model in its original form, or as GGUF."
    )
  }

  private static func sizes(
    _ settings: DecoderSettings,
    _ architecture: DecoderArchitecture,
    _ subject: String
  ) throws(LanguageModelError) -> DecoderConfiguration {
    let isGemma = architecture == .gemma2 || architecture == .gemma3
    let hidden = try required(settings.hiddenSize, "hidden_size", subject)
    let layers = try required(settings.numHiddenLayers, "num_hidden_layers", subject)
    // The larger Gemma 3 models leave out what is as in transformers' own defaults.
    let isLargeGemma = architecture == .gemma3
    let heads = try required(
      settings.numAttentionHeads ?? (isLargeGemma ? 8 : nil),
      "num_attention_heads",
      subject
    )
    let keyValueHeads = settings.numKeyValueHeads ?? (isLargeGemma ? 4 : heads)
    guard heads >= 1, hidden >= 1, layers >= 1, layers <= 1 << 10 else {
      throw malformed("It has \(layers) layers of \(heads) heads.", subject)
    }
    let headSize =
      settings.headDim ?? (isGemma ? 256 : architecture == .qwen3 ? 128 : hidden / heads)
    let context = try required(
      settings.maxPositionEmbeddings ?? (isLargeGemma ? 131_072 : nil),
      "max_position_embeddings",
      subject
    )
    let bias = settings.attentionBias ?? false
    let window = settings.window(architecture)
    var result = DecoderConfiguration(
      architecture: architecture,
      vocabularySize: try required(
        settings.vocabSize ?? (isLargeGemma ? 262_208 : nil),
        "vocab_size",
        subject
      ),
      hiddenSize: hidden,
      layers: layers,
      heads: heads,
      keyValueHeads: keyValueHeads,
      headSize: headSize,
      intermediateSize: try required(settings.intermediateSize, "intermediate_size", subject),
      contextLength: context,
      normEpsilon: Float(settings.rmsNormEps ?? 1e-6),
      activation: try settings.activation(subject),
      tiesEmbeddings: settings.tieWordEmbeddings ?? isGemma,
      attentionScale: Float(1 / (settings.queryPreAttnScalar ?? Double(headSize)).squareRoot()),
      slidingWindow: window,
      slidingLayers: try settings.slidingLayers(architecture, window, layers, subject),
      rotary: try settings.rotary(architecture, headSize, context, subject)
    )
    result.hasQueryBias = architecture == .qwen2 || bias
    result.hasOutputBias = architecture != .qwen2 && bias
    result.hasFeedForwardBias = architecture == .llama && settings.mlpBias == true
    result.hasHeadNorms = architecture == .qwen3 || architecture == .gemma3
    result.hasPostNorms = isGemma
    if isGemma { result.embeddingScale = Float(hidden).squareRoot() }
    result.attentionCap = settings.attnLogitSoftcapping.map { Float($0) }
    result.logitCap = settings.finalLogitSoftcapping.map { Float($0) }
    if architecture == .gemma3 {
      result.slidingRotary = try settings.slidingRotary(headSize, context, subject)
    }
    return result
  }

  private static func required(
    _ value: Int?,
    _ name: String,
    _ subject: String
  ) throws(LanguageModelError) -> Int {
    guard let value else { throw malformed("It has no \(name).", subject) }
    return value
  }
}

extension DecoderSettings {
  fileprivate func activation(
    _ subject: String
  ) throws(LanguageModelError) -> DecoderConfiguration.Activation {
    switch hiddenActivation ?? hiddenAct {
    case "silu", "swish": return .silu
    // Gemma's first files say "gelu" and mean the approximation.
    case "gelu_pytorch_tanh", "gelu": return .geluTanh
    case nil: return modelType?.hasPrefix("gemma") == true ? .geluTanh : .silu
    case let name?:
      throw LanguageModelError(
        .unsupportedModel,
        "The activation \"\(name.prefix(40))\" is not supported.",
        subject: subject,
        remedy: "Use a model with silu or gelu_pytorch_tanh."
      )
    }
  }

  fileprivate func window(_ architecture: DecoderArchitecture) -> Int? {
    switch architecture {
    case .llama: nil
    case .mistral, .phi3: slidingWindow
    case .qwen2, .qwen3: useSlidingWindow == true ? slidingWindow : nil
    case .gemma2, .gemma3: slidingWindow ?? 4096
    }
  }

  fileprivate func slidingLayers(
    _ architecture: DecoderArchitecture,
    _ window: Int?,
    _ layers: Int,
    _ subject: String
  ) throws(LanguageModelError) -> [Bool] {
    guard window != nil else { return Array(repeating: false, count: layers) }
    if let layerTypes, architecture != .mistral, architecture != .phi3 {
      var kinds: [Bool] = []
      for type in layerTypes {
        guard type == "sliding_attention" || type == "full_attention" else {
          throw LanguageModelError(
            .unsupportedModel,
            "Layers of type \"\(type.prefix(40))\" are not supported.",
            subject: subject,
            remedy: "Use a model whose layers are of full_attention or sliding_attention."
          )
        }
        kinds.append(type == "sliding_attention")
      }
      return kinds
    }
    let pattern: Int
    switch architecture {
    case .gemma2: pattern = 2
    case .gemma3: pattern = slidingWindowPattern ?? 6
    case .qwen2, .qwen3:
      let first = maxWindowLayers ?? 28
      return (0..<layers).map { $0 >= first }
    default: return Array(repeating: true, count: layers)
    }
    guard pattern >= 1 else {
      throw DecoderConfiguration.malformed("sliding_window_pattern is \(pattern).", subject)
    }
    return (1...layers).map { $0 % pattern != 0 }
  }

  fileprivate func rotary(
    _ architecture: DecoderArchitecture,
    _ headSize: Int,
    _ context: Int,
    _ subject: String
  ) throws(LanguageModelError) -> RotaryParameters {
    let given = ropeParameters ?? ropeScaling
    return try RotaryParameters(
      given?.fullAttention?.value ?? given,
      base: ropeTheta ?? (architecture == .gemma3 ? 1_000_000 : 10_000),
      partial: partialRotaryFactor,
      headSize: headSize,
      context: context,
      original: originalMaxPositionEmbeddings,
      isPhi: architecture == .phi3,
      subject: subject
    )
  }

  fileprivate func slidingRotary(
    _ headSize: Int,
    _ context: Int,
    _ subject: String
  ) throws(LanguageModelError) -> RotaryParameters {
    try RotaryParameters(
      ropeParameters?.slidingAttention?.value,
      base: ropeLocalBaseFreq ?? 10_000,
      partial: nil,
      headSize: headSize,
      context: context,
      original: nil,
      isPhi: false,
      subject: subject
    )
  }
}
