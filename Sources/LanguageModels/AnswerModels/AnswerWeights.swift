import Kernels

/// Reads the weights of an answer model by their names, with an adapter's updates added.
struct AnswerWeights {
  private let file: SafetensorsFile
  private let updates: [String: LowRankUpdate]
  private let kernels: KernelSet
  private let arena: WeightArena

  /// Prepares to read from a file.
  ///
  /// - Throws: `LanguageModelError` if the adapter updates other layers than these.
  init(
    _ file: SafetensorsFile,
    adapter: LowRankAdapter?,
    configuration: BertConfiguration,
    kernels: KernelSet
  ) throws(LanguageModelError) {
    self.file = file
    self.kernels = kernels
    updates = try adapter?.updatesOfEncoder() ?? [:]
    let layers = AnswerNetwork.linearLayers(configuration)
    try LowRankAdapter.refuse(
      unknown: Set(updates.keys).subtracting(layers.map(\.name)),
      subject: file.path
    )
    // No more memory than the file could fill, whatever the configuration says.
    let floats = layers.reduce(0) {
      $0 + WeightArena.floats(inputs: $1.inputs, outputs: $1.outputs)
    }
    arena = WeightArena(capacity: min(floats, file.byteCount))
  }

  func floats(_ name: String, shape: [Int]) throws(LanguageModelError) -> [Float] {
    try file.floats(name, shape: shape)
  }

  func norm(_ name: String, size: Int) throws(LanguageModelError) -> BertNorm {
    BertNorm(
      gamma: try floats(name + ".weight", shape: [size]),
      beta: try floats(name + ".bias", shape: [size])
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
      throw LanguageModelError(
        .weightMismatch,
        "The weights \(names) cannot be packed.",
        subject: file.path,
        cause: error.message,
        remedy: LanguageModelError.getItAgain
      )
    }
  }

  /// The weights of a linear layer, [outputs × inputs] row after row.
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
}
