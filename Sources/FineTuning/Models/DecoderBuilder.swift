import Kernels
import LanguageModels

/// Makes the layers of a decoder in training from those of a loaded one.
struct DecoderBuilder {
  private let base: CausalDecoder
  private let method: TrainingMethod
  private var configuration: DecoderConfiguration { base.configuration }

  /// - Throws: ``FineTuningError`` if all weights are to be trained and are not held in 32-bit floats.
  init(_ base: CausalDecoder, _ method: TrainingMethod) throws {
    self.base = base
    self.method = method
    guard method != .full || base.precision == .float32 else {
      throw FineTuningError(
        .unsuitableModel,
        "All weights are to be trained, but the model holds them in \(base.precision.rawValue).",
        subject: "model",
        remedy: "Load it from its safetensors in float32, or train an adapter."
      )
    }
  }

  func layer(
    _ index: Int,
    using generator: inout some RandomNumberGenerator
  ) throws -> TrainableDecoderLayer {
    let layer = base.layers[index]
    let path = "model.layers.\(index)."
    let postAttention = "post_attention_layernorm.weight"
    let hasPostNorms = configuration.hasPostNorms
    return TrainableDecoderLayer(
      attentionNorm: try vector(layer.attentionNorm, path + "input_layernorm.weight"),
      queryKeyValue: try linear(layer.queryKeyValue, .queryKeyValue, index, &generator),
      queryNorm: try layer.queryNorm.map { try vector($0, path + "self_attn.q_norm.weight") },
      keyNorm: try layer.keyNorm.map { try vector($0, path + "self_attn.k_norm.weight") },
      attentionOutput: try linear(layer.attentionOutput, .attentionOutput, index, &generator),
      postAttentionNorm: try layer.postAttentionNorm.map { try vector($0, path + postAttention) },
      feedForwardNorm: try vector(
        layer.feedForwardNorm,
        path + (hasPostNorms ? "pre_feedforward_layernorm.weight" : postAttention)
      ),
      gateUp: try linear(layer.gateUp, .gateUp, index, &generator),
      down: try linear(layer.down, .down, index, &generator),
      postFeedForwardNorm: try layer.postFeedForwardNorm.map {
        try vector($0, path + "post_feedforward_layernorm.weight")
      }
    )
  }

  func vector(_ values: [Float], _ name: String) throws -> TrainableVector {
    try TrainableVector(values, trainedAs: method == .full ? name : nil)
  }

  /// The output layer; and the embeddings where they are trained.
  func output() throws -> (TrainableLinear, Parameter?) {
    guard method == .full else {
      return (TrainableLinear(try frozen(base.output), bias: nil, factors: []), nil)
    }
    let table = Matrix(
      uninitializedRows: configuration.vocabularySize,
      columns: configuration.hiddenSize
    )
    // The factor on embeddings is applied when they are looked up.
    try base.embed((0..<Int32(configuration.vocabularySize)).map { $0 }, into: table)
    if configuration.embeddingScale != 1 {
      base.kernels.scale(table, by: 1 / configuration.embeddingScale, pool: base.pool)
    }
    let embeddings = Parameter("model.embed_tokens.weight", table)
    let packed = floats(base.output)
    guard configuration.tiesEmbeddings else {
      let output = trained(packed, ["lm_head"])
      return (TrainableLinear(output, bias: nil, factors: []), embeddings)
    }
    let copy = PackedMatrix(table, using: base.kernels, pool: base.pool)
    return (TrainableLinear(.trained(embeddings, copy), bias: nil, factors: []), embeddings)
  }

  private func linear(
    _ layer: DecoderLinear,
    _ part: DecoderTensor.Part,
    _ index: Int,
    _ generator: inout some RandomNumberGenerator
  ) throws -> TrainableLinear {
    let modules = part.modules(ofLayer: index, configuration)
    switch method {
    case .full:
      let paths = modules.map(\.path)
      return TrainableLinear(
        trained(floats(layer.weights), paths),
        bias: try layer.bias.map {
          try vector($0, TrainableWeights.fusedName(paths) + ".bias")
        },
        factors: []
      )
    case .lowRank(let settings):
      let weights = try frozen(layer.weights)
      var factors: [LowRankFactors] = []
      for module in modules where settings.selects(module.path) {
        factors.append(
          try LowRankFactors(
            module.path,
            outputs: module.outputs,
            of: weights,
            settings,
            using: &generator
          )
        )
      }
      return TrainableLinear(weights, bias: layer.bias.map { .frozen($0) }, factors: factors)
    }
  }

  private func frozen(_ weights: DecoderMatrix) throws -> TrainableWeights {
    switch weights {
    case .float(let matrix): .frozen(matrix)
    case .quantized(let matrix):
      .quantized(
        matrix,
        transposed: try matrix.transposed(using: base.kernels, pool: base.pool)
      )
    }
  }

  private func trained(_ weights: PackedMatrix, _ paths: [String]) -> TrainableWeights {
    .trained(copying: weights, of: paths, kernels: base.kernels, pool: base.pool)
  }

  private func floats(_ weights: DecoderMatrix) -> PackedMatrix {
    guard case .float(let matrix) = weights else {
      preconditionFailure("the initialiser has refused quantised weights")
    }
    return matrix
  }

  func nothingSelected() -> FineTuningError {
    let modules = DecoderTensor.Part.allCases.flatMap { $0.modules(ofLayer: 0, configuration) }
    return FineTuningError(
      .invalidSettings,
      "The settings select no layer of the model, so nothing would be trained.",
      subject: "targets",
      remedy: "Use some of: \(modules.map(\.kind).joined(separator: ", "))."
    )
  }
}
