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
    // Converted weights and the file's pages together would take twice the memory.
    defer { source.letGo() }
    guard let format = try format(of: tensor) else {
      var rows: [Float] = []
      rows.reserveCapacity(inputs * outputs)
      try eachRun(of: tensor) { values throws(LanguageModelError) in rows += values }
      return .float(
        try checked(tensor) { () throws(KernelError) in
          try PackedMatrix(rows: rows, inputs: inputs, outputs: outputs, using: kernels)
        }
      )
    }
    let builder = try checked(tensor) { () throws(KernelError) in
      try QuantizedMatrixBuilder(
        inputs: inputs,
        outputs: outputs,
        format: format,
        using: kernels,
        pool: pool
      )
    }
    for block in try blocks(tensor) {
      for rows in runs(of: block, inputs: inputs) {
        try append(block.name, rows: rows, inputs: inputs, tensor, to: builder)
      }
    }
    return .quantized(
      try checked(tensor) { () throws(KernelError) in try builder.finish() }
    )
  }

  /// How a matrix is quantised; `nil` for 32-bit floats.
  ///
  /// With 4 bits, the embeddings and the output weights have 8, as they matter most, and so has what
  /// the file itself holds in more than 4.
  func format(of tensor: DecoderTensor) throws(LanguageModelError) -> QuantizedFormat? {
    switch precision {
    case .float32: return nil
    case .int8: return .int8
    case .int4:
      guard precision.format(of: tensor) == .int4 else { return .int8 }
      for block in try blocks(tensor) {
        if let encoding = source.encoding(of: block.name), !encoding.isFourBits,
          encoding.isQuantized
        {
          return .int8
        }
      }
      return .int4
    }
  }

  /// Hands out the values of a matrix, some whole rows at a time.
  func eachRun(
    of tensor: DecoderTensor,
    _ body: (UnsafeBufferPointer<Float>) throws(LanguageModelError) -> Void
  ) throws(LanguageModelError) {
    guard case .matrix(let inputs, _) = tensor.shape(configuration) else { return }
    for block in try blocks(tensor) {
      for rows in runs(of: block, inputs: inputs) {
        let values = Matrix(rows: 1, columns: rows.count * inputs)
        try values.fillRow(0) { values throws(LanguageModelError) in
          try source.read(block.name, rows: rows, into: values)
          try body(UnsafeBufferPointer(values))
        }
      }
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
    switch output {
    case .quantized(let matrix)?: return .quantized(matrix)
    case .float(let matrix)?: return .packed(matrix)
    case nil: break
    }
    if precision != .float32, case .quantized(let matrix) = try matrix(.embedding) {
      return .quantized(matrix)
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
  private func blocks(_ tensor: DecoderTensor) throws(LanguageModelError) -> [Block] {
    guard case .matrix(let inputs, let outputs) = tensor.shape(configuration) else { return [] }
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

  /// The rows of a weight, as many at a time as fit a bounded piece of memory.
  private func runs(of block: Block, inputs: Int) -> [Range<Int>] {
    let atOnce = max(1, Self.floatsAtOnce / inputs)
    return stride(from: 0, to: block.rows, by: atOnce).map { $0..<min(block.rows, $0 + atOnce) }
  }

  private func append(
    _ name: String,
    rows: Range<Int>,
    inputs: Int,
    _ tensor: DecoderTensor,
    to builder: QuantizedMatrixBuilder
  ) throws(LanguageModelError) {
    if let encoded = source.encodedRows(of: name, rows: rows) {
      return try checked(tensor) { () throws(KernelError) in
        try encoded.withBytes { bytes throws(KernelError) in
          try builder.append(bytes, as: encoded.encoding)
        }
      }
    }
    let values = Matrix(rows: 1, columns: rows.count * inputs)
    try values.fillRow(0) { values throws(LanguageModelError) in
      try source.read(name, rows: rows, into: values)
      try checked(tensor) { () throws(KernelError) in
        try builder.append(UnsafeBufferPointer(values))
      }
    }
  }

  /// Runs a kernel and says which weight its error is about.
  private func checked<Result>(
    _ tensor: DecoderTensor,
    _ body: () throws(KernelError) -> Result
  ) throws(LanguageModelError) -> Result {
    do {
      return try body()
    } catch {
      throw LanguageModelError(error, subject: "\(source.path): \(tensor.name)")
    }
  }
}
