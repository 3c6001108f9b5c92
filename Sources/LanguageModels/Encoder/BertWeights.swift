import Kernels

/// Reads the weights of a BERT encoder by their names, with or without the prefix `bert.`.
struct BertWeights {
  private let file: SafetensorsFile
  private let prefix: String
  private let kernels: KernelSet
  private let arena: WeightArena
  private let pool: WorkerPool
  /// What an adapter adds to weights, by the names of their layers.
  private let updates: [String: LowRankUpdate]

  /// Prepares to read from a file. `floats` is what the packed layers will take by the
  /// configuration; no more memory is set aside than the file could fill.
  init(
    _ file: SafetensorsFile,
    floats: Int,
    updates: [String: LowRankUpdate] = [:],
    kernels: KernelSet,
    pool: WorkerPool
  ) {
    self.updates = updates
    arena = WeightArena(capacity: min(floats, file.byteCount / 2))
    self.file = file
    self.kernels = kernels
    self.pool = pool
    prefix = file.contains("bert.embeddings.word_embeddings.weight") ? "bert." : ""
  }

  func table(_ name: String, rows: Int, columns: Int) throws(LanguageModelError) -> EmbeddingTable {
    try EmbeddingTable(file, prefix + name, rows: rows, columns: columns)
  }

  func floats(_ name: String, shape: [Int]) throws(LanguageModelError) -> [Float] {
    try file.floats(prefix + name, shape: shape)
  }

  /// Models converted from TensorFlow call scale and shift `gamma` and `beta`.
  func norm(_ name: String, size: Int) throws(LanguageModelError) -> BertNorm {
    let isOld = file.contains(prefix + name + ".gamma")
    return BertNorm(
      gamma: try floats(name + (isOld ? ".gamma" : ".weight"), shape: [size]),
      beta: try floats(name + (isOld ? ".beta" : ".bias"), shape: [size])
    )
  }

  /// Layers of the same input as one, their outputs side by side.
  func linear(
    _ names: [String],
    inputs: Int,
    outputs: Int
  ) throws(LanguageModelError) -> BertLinear {
    var bias: [Float] = []
    for name in names { bias += try floats(name + ".bias", shape: [outputs]) }
    return BertLinear(weights: try packed(names, inputs: inputs, outputs: outputs), bias: bias)
  }

  /// The weights alone, packed.
  func packed(
    _ names: [String],
    inputs: Int,
    outputs: Int
  ) throws(LanguageModelError) -> PackedMatrix {
    var blocks: [UnsafeRawBufferPointer] = []
    var encodings: Set<TensorEncoding> = []
    for name in names where updates[name] == nil {
      let shape = [outputs, inputs]
      guard let block = try file.mapped(prefix + name + ".weight", shape: shape) else { break }
      blocks.append(block.bytes)
      encodings.insert(block.encoding)
    }
    do {
      // Straight from the mapped file where types and sizes allow it.
      if blocks.count == names.count, let encoding = encodings.first, encodings.count == 1,
        names.count == 1 || PackedMatrix.canStack(outputs)
      {
        return try PackedMatrix(
          blocks: blocks,
          as: encoding,
          inputs: inputs,
          using: kernels,
          arena: arena,
          pool: pool
        )
      }
    } catch {
      throw Self.unpackable(names, error)
    }
    var rows: [Float] = []
    for name in names { rows += try self.rows(name, inputs: inputs, outputs: outputs) }
    do {
      return try PackedMatrix(
        rows: rows,
        inputs: inputs,
        outputs: outputs * names.count,
        using: kernels,
        arena: arena
      )
    } catch {
      throw Self.unpackable(names, error)
    }
  }

  /// The weights of a linear layer with its update, [outputs × inputs] row after row.
  func rows(_ name: String, inputs: Int, outputs: Int) throws(LanguageModelError) -> [Float] {
    let weights = try floats(name + ".weight", shape: [outputs, inputs])
    guard let update = updates[name] else { return weights }
    try LowRankAdapter.require(
      update,
      of: name,
      inputs: inputs,
      outputs: outputs,
      subject: file.path
    )
    return (0..<outputs).flatMap { row in
      update.merged(row: row, weights[row * inputs..<(row + 1) * inputs])
    }
  }

  /// A layer of the encoder.
  func layer(
    _ index: Int,
    _ configuration: BertConfiguration
  ) throws(LanguageModelError) -> BertLayer {
    let hidden = configuration.hiddenSize
    let intermediate = configuration.intermediateSize
    let layer = "encoder.layer.\(index)."
    let attention = layer + "attention.self."
    return BertLayer(
      projections: try linear(
        [attention + "query", attention + "key", attention + "value"],
        inputs: hidden,
        outputs: hidden
      ),
      attentionOutput: try linear(
        [layer + "attention.output.dense"],
        inputs: hidden,
        outputs: hidden
      ),
      attentionNorm: try norm(layer + "attention.output.LayerNorm", size: hidden),
      intermediate: try linear(
        [layer + "intermediate.dense"],
        inputs: hidden,
        outputs: intermediate
      ),
      output: try linear([layer + "output.dense"], inputs: intermediate, outputs: hidden),
      outputNorm: try norm(layer + "output.LayerNorm", size: hidden)
    )
  }

  private static func unpackable(_ names: [String], _ error: KernelError) -> LanguageModelError {
    LanguageModelError(
      .weightMismatch,
      "The weights \(names) cannot be packed.",
      subject: names.joined(separator: ", "),
      cause: error.message,
      remedy: LanguageModelError.getItAgain
    )
  }
}
