import Kernels

/// The weights of a model's own files, converted as they are asked for.
struct ConvertedParameters: DecoderParameters {
  private let source: any WeightSource
  private let configuration: DecoderConfiguration
  private let precision: WeightPrecision
  private let kernels: KernelSet
  private let pool: WorkerPool
  /// What stands before each name: models with pictures keep their text part under a name of its own.
  private let prefix: String

  /// Rows converted at a time.
  private static let floatsAtOnce = 4 << 20

  init(
    _ source: any WeightSource,
    _ configuration: DecoderConfiguration,
    precision: WeightPrecision,
    kernels: KernelSet,
    pool: WorkerPool
  ) {
    self.source = source
    self.configuration = configuration
    self.precision = precision
    self.kernels = kernels
    self.pool = pool
    prefix =
      ["", "language_model.", "model.language_model."].first {
        source.contains(Self.outer("model.embed_tokens.weight", $0))
      } ?? ""
  }

  var path: String { source.path }

  private static func outer(_ name: String, _ prefix: String) -> String {
    // The newer form has the prefix in place of "model.", the older before it.
    prefix == "model.language_model." && name.hasPrefix("model.")
      ? prefix + name.dropFirst("model.".count)
      : prefix == "model.language_model."
        ? name
        : prefix + name
  }

  func matrix(_ tensor: DecoderTensor) throws(LanguageModelError) -> DecoderMatrix {
    guard case .matrix(let inputs, let outputs) = tensor.shape(configuration) else {
      throw source.mismatch("\(tensor.name) is no matrix.")
    }
    let blocks = try blocks(tensor, inputs: inputs, outputs: outputs)
    do {
      switch precision {
      case .float32: return .float(try packed(blocks, inputs: inputs, outputs: outputs))
      case .int8:
        return .quantized(try quantized(blocks, .int8, inputs: inputs, outputs: outputs))
      case .int4:
        return .quantized(try quantized(blocks, .int4, inputs: inputs, outputs: outputs))
      }
    } catch let error as KernelError {
      throw LanguageModelError(error, subject: "\(source.path): \(tensor.name)")
    } catch let error as LanguageModelError {
      throw error
    } catch {
      throw source.mismatch("\(tensor.name) cannot be packed: \(error).")
    }
  }

  func vector(_ tensor: DecoderTensor) throws(LanguageModelError) -> [Float] {
    guard case .vector(let count) = tensor.shape(configuration) else {
      throw source.mismatch("\(tensor.name) is no vector.")
    }
    var values: [Float] = []
    for (name, count) in try vectorNames(tensor, count) {
      values += try source.values(name, shape: [count])
    }
    if isNorm(tensor), configuration.architecture.storesNormsFromOne, !source.normsIncludeOne {
      for index in values.indices { values[index] += 1 }
    }
    return values
  }

  func embeddings(sharedWith output: DecoderMatrix?) throws(LanguageModelError) -> EmbeddingRows {
    if case .quantized(let matrix)? = output { return .quantized(matrix) }
    guard precision == .float32 else {
      if case .quantized(let matrix) = try matrix(.embedding) { return .quantized(matrix) }
      throw source.mismatch("The embeddings cannot be quantised.")
    }
    let name = name("model.embed_tokens.weight")
    try source.require(name, shape: [configuration.vocabularySize, configuration.hiddenSize])
    return .source(source, name)
  }

  private func name(_ name: String) -> String { Self.outer(name, prefix) }

  private func isNorm(_ tensor: DecoderTensor) -> Bool {
    switch tensor {
    case .outputNorm: true
    case .layer(_, let part): part.rawValue.hasSuffix("Norm")
    case .embedding, .output: false
    }
  }

  /// A weight in the file: some rows of a matrix.
  private struct Block {
    let name: String
    let rows: Int
  }

  /// The weights that make up a matrix, one under the other.
  private func blocks(
    _ tensor: DecoderTensor,
    inputs: Int,
    outputs: Int
  ) throws(LanguageModelError) -> [Block] {
    let blocks: [Block]
    switch tensor {
    case .embedding: blocks = [Block(name: name("model.embed_tokens.weight"), rows: outputs)]
    case .output: blocks = [Block(name: name("lm_head.weight"), rows: outputs)]
    case .outputNorm: blocks = []
    case .layer(let layer, let part):
      blocks = parts(layer, part, ".weight", outputs).map { Block(name: $0.name, rows: $0.rows) }
    }
    for block in blocks { try source.require(block.name, shape: [block.rows, inputs]) }
    return blocks
  }

  private func vectorNames(
    _ tensor: DecoderTensor,
    _ count: Int
  ) throws(LanguageModelError) -> [(name: String, count: Int)] {
    switch tensor {
    case .outputNorm: return [(name("model.norm.weight"), count)]
    case .layer(let layer, let part):
      return parts(layer, part, isNorm(tensor) ? ".weight" : ".bias", count).map {
        ($0.name, $0.rows)
      }
    case .embedding, .output: throw source.mismatch("\(tensor.name) is no vector.")
    }
  }

  /// The weights of transformers that make up one of the forward pass.
  private func parts(
    _ layer: Int,
    _ part: DecoderTensor.Part,
    _ kind: String,
    _ rows: Int
  ) -> [(name: String, rows: Int)] {
    func full(_ inner: String) -> String { name("model.layers.\(layer).\(inner)\(kind)") }
    switch part {
    case .attentionNorm: return [(full("input_layernorm"), rows)]
    case .queryKeyValue, .queryKeyValueBias:
      let fused = full("self_attn.qkv_proj")
      if source.contains(fused) { return [(fused, rows)] }
      return [
        (full("self_attn.q_proj"), configuration.querySize),
        (full("self_attn.k_proj"), configuration.keyValueSize),
        (full("self_attn.v_proj"), configuration.keyValueSize),
      ]
    case .queryNorm: return [(full("self_attn.q_norm"), rows)]
    case .keyNorm: return [(full("self_attn.k_norm"), rows)]
    case .attentionOutput, .attentionOutputBias: return [(full("self_attn.o_proj"), rows)]
    case .postAttentionNorm: return [(full("post_attention_layernorm"), rows)]
    case .feedForwardNorm:
      let isGemma = configuration.hasPostNorms
      return [(full(isGemma ? "pre_feedforward_layernorm" : "post_attention_layernorm"), rows)]
    case .gateUp, .gateUpBias:
      let fused = full("mlp.gate_up_proj")
      if configuration.architecture == .phi3 { return [(fused, rows)] }
      return [
        (full("mlp.gate_proj"), configuration.intermediateSize),
        (full("mlp.up_proj"), configuration.intermediateSize),
      ]
    case .down, .downBias: return [(full("mlp.down_proj"), rows)]
    case .postFeedForwardNorm: return [(full("post_feedforward_layernorm"), rows)]
    }
  }

  private func packed(
    _ blocks: [Block],
    inputs: Int,
    outputs: Int
  ) throws -> PackedMatrix {
    var rows: [Float] = []
    rows.reserveCapacity(inputs * outputs)
    for block in blocks { rows += try source.values(block.name, shape: [block.rows, inputs]) }
    return try PackedMatrix(rows: rows, inputs: inputs, outputs: outputs, using: kernels)
  }

  private func quantized(
    _ blocks: [Block],
    _ format: QuantizedFormat,
    inputs: Int,
    outputs: Int
  ) throws -> QuantizedMatrix {
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: outputs,
      format: format,
      using: kernels,
      pool: pool
    )
    let atOnce = max(1, Self.floatsAtOnce / inputs)
    for block in blocks {
      for start in stride(from: 0, to: block.rows, by: atOnce) {
        let rows = start..<min(block.rows, start + atOnce)
        if let (bytes, encoding) = source.blocks(of: block.name, rows: rows) {
          try builder.append(bytes, as: encoding)
          continue
        }
        let values = Matrix(rows: 1, columns: rows.count * inputs)
        try values.fillRow(0) { values throws(LanguageModelError) in
          try source.read(block.name, rows: rows, into: values)
        }
        try values.withRow(0) { try builder.append(UnsafeBufferPointer($0)) }
      }
    }
    return try builder.finish()
  }
}
