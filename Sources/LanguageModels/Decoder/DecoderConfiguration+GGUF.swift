import Foundation
import Kernels

extension DecoderConfiguration {
  /// Tokens that end a turn in the vocabularies of the supported families. GGUF files often name
  /// only one of a model's several.
  private static let endNames: Set<String> = [
    "<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<|end|>", "<end_of_turn>",
    "<|eom_id|>",
  ]

  /// Reads and checks the configuration in a GGUF file's metadata.
  ///
  /// - Throws: `LanguageModelError` if something is missing or malformed, or the architecture does
  ///   not run here.
  public init(_ file: GGUFFile) throws(LanguageModelError) {
    let subject = file.path
    guard let name = file.string("general.architecture") else {
      throw Self.malformed("It does not name its architecture.", subject)
    }
    let architecture = try DecoderArchitecture(named: name, subject: subject)
    func integer(_ key: String) throws(LanguageModelError) -> Int {
      guard let value = file.integer("\(name).\(key)") else {
        throw Self.malformed("It has no whole number \(name).\(key).", subject)
      }
      return value
    }
    guard let embedding = file.tensors["token_embd.weight"], embedding.shape.count == 2 else {
      throw Self.malformed("It has no table token_embd.weight.", subject)
    }
    let hidden = try integer("embedding_length")
    let layers = try integer("block_count")
    let heads = try integer("attention.head_count")
    guard heads >= 1, hidden >= 1, layers >= 1, layers <= 1 << 10 else {
      throw Self.malformed("It has \(layers) layers of \(heads) heads.", subject)
    }
    let headSize = file.integer("\(name).attention.key_length") ?? hidden / heads
    guard (1...1 << 12).contains(headSize),
      file.integer("\(name).attention.value_length") ?? headSize == headSize
    else {
      throw LanguageModelError(
        .unsupportedModel,
        "Its keys and values differ in length, or are too long.",
        subject: subject,
        remedy: "Use another model."
      )
    }
    let window = Self.window(file, name, architecture)
    let isGemma = architecture == .gemma2 || architecture == .gemma3
    self.init(
      architecture: architecture,
      vocabularySize: embedding.shape[0],
      hiddenSize: hidden,
      layers: layers,
      heads: heads,
      keyValueHeads: try Self.keyValueHeads(file, name, heads, subject),
      headSize: headSize,
      intermediateSize: try integer("feed_forward_length"),
      contextLength: try integer("context_length"),
      normEpsilon: Float(file.number("\(name).attention.layer_norm_rms_epsilon") ?? 1e-5),
      activation: isGemma ? .geluTanh : .silu,
      tiesEmbeddings: file.tensors["output.weight"] == nil,
      attentionScale: Self.attentionScale(architecture, layers, hidden, heads, headSize),
      slidingWindow: window,
      slidingLayers: Self.slidingLayers(file, name, architecture, window, layers),
      rotary: try Self.rotary(file, name, headSize, subject)
    )
    hasQueryBias = ["attn_q", "attn_qkv"].contains { file.tensors["blk.0.\($0).bias"] != nil }
    hasOutputBias = file.tensors["blk.0.attn_output.bias"] != nil
    hasFeedForwardBias = file.tensors["blk.0.ffn_down.bias"] != nil
    hasHeadNorms = file.tensors["blk.0.attn_q_norm.weight"] != nil
    hasPostNorms = isGemma
    if isGemma { embeddingScale = Float(hidden).squareRoot() }
    attentionCap = file.number("\(name).attn_logit_softcapping").map { Float($0) }
    logitCap = file.number("\(name).final_logit_softcapping").map { Float($0) }
    if architecture == .gemma3 {
      slidingRotary = RotaryParameters(
        base: Float(file.number("gemma3.rope.freq_base_swa") ?? 10_000),
        size: rotary.size,
        scaling: .none
      )
    }
    beginToken = file.integer("tokenizer.ggml.bos_token_id").flatMap { token($0) }
    endTokens = Self.endTokens(file).filter { token(Int($0)) != nil }
    try check(subject)
  }

  private static func keyValueHeads(
    _ file: GGUFFile,
    _ name: String,
    _ heads: Int,
    _ subject: String
  ) throws(LanguageModelError) -> Int {
    switch file.metadata["\(name).attention.head_count_kv"] {
    case nil: return heads
    case .integer(let count): return Int(count)
    case .integers(let counts):
      if let first = counts.first, counts.allSatisfy({ $0 == first }) { return Int(first) }
      throw LanguageModelError(
        .unsupportedModel,
        "Its layers differ in their number of key and value heads.",
        subject: subject,
        remedy: "Use another model."
      )
    default: throw malformed("\(name).attention.head_count_kv is no number.", subject)
    }
  }

  /// GGUF does not state it: as llama.cpp has it, the largest Gemmas scale by hidden size per head.
  private static func attentionScale(
    _ architecture: DecoderArchitecture,
    _ layers: Int,
    _ hidden: Int,
    _ heads: Int,
    _ headSize: Int
  ) -> Float {
    let isLargest =
      architecture == .gemma2 && layers == 46 || architecture == .gemma3 && layers == 62
    return 1 / Float(isLargest ? hidden / heads : headSize).squareRoot()
  }

  private static func window(
    _ file: GGUFFile,
    _ name: String,
    _ architecture: DecoderArchitecture
  ) -> Int? {
    switch architecture {
    case .gemma2: file.integer("\(name).attention.sliding_window") ?? 4096
    case .gemma3: file.integer("\(name).attention.sliding_window") ?? 1024
    case .phi3, .mistral:
      file.integer("\(name).attention.sliding_window").flatMap { $0 > 0 ? $0 : nil }
    case .llama, .qwen2, .qwen3: nil
    }
  }

  private static func slidingLayers(
    _ file: GGUFFile,
    _ name: String,
    _ architecture: DecoderArchitecture,
    _ window: Int?,
    _ layers: Int
  ) -> [Bool] {
    guard window != nil else { return Array(repeating: false, count: layers) }
    switch file.metadata["\(name).attention.sliding_window_pattern"] {
    case .bools(let pattern): return pattern
    case .integer(let pattern) where pattern >= 1:
      return (1...layers).map { Int64($0) % pattern != 0 }
    default:
      switch architecture {
      case .gemma2: return (1...layers).map { $0 % 2 != 0 }
      case .gemma3: return (1...layers).map { $0 % 6 != 0 }
      default: return Array(repeating: true, count: layers)
      }
    }
  }

  private static func rotary(
    _ file: GGUFFile,
    _ name: String,
    _ headSize: Int,
    _ subject: String
  ) throws(LanguageModelError) -> RotaryParameters {
    let size = file.integer("\(name).rope.dimension_count") ?? headSize
    guard (2...headSize).contains(size) else {
      throw malformed("\(name).rope.dimension_count is \(size).", subject)
    }
    let original =
      file.integer("\(name).rope.scaling.original_context_length")
      ?? file.integer("\(name).context_length") ?? 0
    let factor = Float(file.number("\(name).rope.scaling.factor") ?? 1)
    let attention = Float(file.number("\(name).rope.scaling.attn_factor") ?? 1)
    let scaling: RotaryParameters.Scaling
    if let short = try factors(file, "rope_factors_short.weight", size / 2),
      let long = try factors(file, "rope_factors_long.weight", size / 2)
    {
      scaling = .longRope(short: short, long: long, original: original, attention: attention)
    } else if let factors = try factors(file, "rope_freqs.weight", size / 2) {
      scaling = .factors(factors)
    } else {
      switch file.string("\(name).rope.scaling.type") {
      case "yarn":
        scaling = .yarn(
          factor: factor,
          fast: Float(file.number("\(name).rope.scaling.yarn_beta_fast") ?? 32),
          slow: Float(file.number("\(name).rope.scaling.yarn_beta_slow") ?? 1),
          original: original,
          attention: attention * (factor > 1 ? 1 + 0.1 * logf(factor) : 1),
          truncates: true
        )
      case "linear": scaling = .linear(factor: factor)
      case nil, "none": scaling = .none
      case let kind?:
        throw LanguageModelError(
          .unsupportedModel,
          "The position encoding \"\(kind.prefix(40))\" is not supported.",
          subject: subject,
          remedy: "Use a model with linear or yarn scaling, or none."
        )
      }
    }
    return RotaryParameters(
      base: Float(file.number("\(name).rope.freq_base") ?? 10_000),
      size: size,
      scaling: scaling
    )
  }

  private static func factors(
    _ file: GGUFFile,
    _ name: String,
    _ count: Int
  ) throws(LanguageModelError) -> [Float]? {
    guard let tensor = file.tensors[name] else { return nil }
    guard tensor.shape == [count], tensor.type == .f32 else {
      throw malformed("\(name) is not \(count) floats of 32 bits.", file.path)
    }
    let matrix = Matrix(rows: 1, columns: count)
    try matrix.fillRow(0) { values throws(LanguageModelError) in
      try GGUFConversion.convert(file.bytes(of: tensor, rows: 0..<1), of: .f32, into: values)
    }
    return matrix.row(0)
  }

  private static func endTokens(_ file: GGUFFile) -> [Int32] {
    var ends: [Int32] = []
    for key in ["eos_token_id", "eot_token_id", "eom_token_id"] {
      if let id = file.integer("tokenizer.ggml." + key).flatMap({ Int32(exactly: $0) }) {
        ends.append(id)
      }
    }
    if case .strings(let tokens)? = file.metadata["tokenizer.ggml.tokens"] {
      for (id, token) in tokens.enumerated() where endNames.contains(token) {
        ends.append(Int32(id))
      }
    }
    var seen: Set<Int32> = []
    return ends.filter { seen.insert($0).inserted }
  }
}
