/// The weights of a decoder as its forward pass uses them: layers of the same input lie side by side
/// in one matrix.
package enum DecoderTensor: Hashable, Sendable {
  /// [vocabulary × hidden]: a row for each token; also the output weights where a model ties them.
  case embedding
  /// [hidden → vocabulary]
  case output
  /// [hidden]
  case outputNorm
  /// A weight of one layer.
  case layer(Int, Part)

  /// The weights of one layer.
  package enum Part: String, CaseIterable, Sendable {
    /// [hidden]
    case attentionNorm
    /// [hidden → queries, keys, values]
    case queryKeyValue
    /// [queries, keys, values]
    case queryKeyValueBias
    /// [head]
    case queryNorm
    /// [head]
    case keyNorm
    /// [queries → hidden]
    case attentionOutput
    /// [hidden]
    case attentionOutputBias
    /// [hidden]
    case postAttentionNorm
    /// [hidden]
    case feedForwardNorm
    /// [hidden → gate, up]
    case gateUp
    /// [gate, up]
    case gateUpBias
    /// [intermediate → hidden]
    case down
    /// [hidden]
    case downBias
    /// [hidden]
    case postFeedForwardNorm
  }

  /// What a weight is: a matrix, with what goes in and comes out, or a vector.
  package enum Shape: Equatable {
    case matrix(inputs: Int, outputs: Int)
    case vector(Int)
  }

  /// The name in a packed file.
  package var name: String {
    switch self {
    case .embedding: "embedding"
    case .output: "output"
    case .outputNorm: "outputNorm"
    case .layer(let layer, let part): "layers.\(layer).\(part.rawValue)"
    }
  }

  /// All weights of a model, in the order of its forward pass.
  package static func all(_ configuration: DecoderConfiguration) -> [DecoderTensor] {
    var tensors: [DecoderTensor] = [.embedding]
    for layer in 0..<configuration.layers {
      for part in Part.allCases where part.isPresent(configuration) {
        tensors.append(.layer(layer, part))
      }
    }
    tensors.append(.outputNorm)
    if !configuration.tiesEmbeddings { tensors.append(.output) }
    return tensors
  }

  /// The shape of a weight.
  package func shape(_ configuration: DecoderConfiguration) -> Shape {
    let hidden = configuration.hiddenSize
    switch self {
    case .embedding, .output:
      return .matrix(inputs: hidden, outputs: configuration.vocabularySize)
    case .outputNorm: return .vector(hidden)
    case .layer(_, let part): return part.shape(configuration)
    }
  }
}

extension DecoderTensor.Part {
  /// Whether the layers of a model have it.
  package func isPresent(_ configuration: DecoderConfiguration) -> Bool {
    switch self {
    case .queryKeyValueBias: configuration.hasQueryBias
    case .attentionOutputBias: configuration.hasOutputBias
    case .gateUpBias, .downBias: configuration.hasFeedForwardBias
    case .queryNorm, .keyNorm: configuration.hasHeadNorms
    case .postAttentionNorm, .postFeedForwardNorm: configuration.hasPostNorms
    case .attentionNorm, .queryKeyValue, .attentionOutput, .feedForwardNorm, .gateUp, .down: true
    }
  }

  package func shape(_ configuration: DecoderConfiguration) -> DecoderTensor.Shape {
    let hidden = configuration.hiddenSize
    let intermediate = configuration.intermediateSize
    let projections = configuration.querySize + 2 * configuration.keyValueSize
    return switch self {
    case .attentionNorm, .attentionOutputBias, .postAttentionNorm, .feedForwardNorm, .downBias,
      .postFeedForwardNorm:
      .vector(hidden)
    case .queryKeyValue: .matrix(inputs: hidden, outputs: projections)
    case .queryKeyValueBias: .vector(projections)
    case .queryNorm, .keyNorm: .vector(configuration.headSize)
    case .attentionOutput: .matrix(inputs: configuration.querySize, outputs: hidden)
    case .gateUp: .matrix(inputs: hidden, outputs: 2 * intermediate)
    case .gateUpBias: .vector(2 * intermediate)
    case .down: .matrix(inputs: intermediate, outputs: hidden)
    }
  }
}
