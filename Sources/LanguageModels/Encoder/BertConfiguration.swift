public import Foundation
import Kernels

/// The sizes of a BERT encoder, from a model's `config.json`.
public struct BertConfiguration: Sendable, Equatable {
  /// Floats per token.
  public let hiddenSize: Int
  /// Number of layers.
  public let layers: Int
  /// Attention heads per layer; divides ``hiddenSize``.
  public let heads: Int
  /// Floats per token inside the feed-forward part.
  public let intermediateSize: Int
  /// Number of tokens in the vocabulary.
  public let vocabularySize: Int
  /// The most tokens of one sequence.
  public let maximumPositions: Int
  /// Number of token types (segments).
  public let tokenTypes: Int
  /// What is added to the variance in layer normalisation.
  public let layerNormEpsilon: Float

  private struct File: Decodable {
    let modelType: String?
    let hiddenSize: Int
    let numHiddenLayers: Int
    let numAttentionHeads: Int
    let intermediateSize: Int
    let vocabSize: Int
    let maxPositionEmbeddings: Int
    let typeVocabSize: Int?
    let layerNormEps: Double?
    let hiddenAct: String?
    let positionEmbeddingType: String?
    let isDecoder: Bool?

    enum CodingKeys: String, CodingKey {
      case modelType = "model_type"
      case hiddenSize = "hidden_size"
      case numHiddenLayers = "num_hidden_layers"
      case numAttentionHeads = "num_attention_heads"
      case intermediateSize = "intermediate_size"
      case vocabSize = "vocab_size"
      case maxPositionEmbeddings = "max_position_embeddings"
      case typeVocabSize = "type_vocab_size"
      case layerNormEps = "layer_norm_eps"
      case hiddenAct = "hidden_act"
      case positionEmbeddingType = "position_embedding_type"
      case isDecoder = "is_decoder"
    }
  }

  /// Reads and checks a `config.json`.
  ///
  /// - Throws: `LanguageModelError` if it is absent, malformed, describes another kind of model, or
  ///   asks for sizes that no model has.
  public init(_ url: URL) throws(LanguageModelError) {
    let file: File = try SettingsFile.read(url)
    let path = url.path
    for (name, found, supported) in [
      ("model_type", file.modelType, "bert"),
      ("hidden_act", file.hiddenAct, "gelu"),
      ("position_embedding_type", file.positionEmbeddingType, "absolute"),
      ("is_decoder", file.isDecoder.map { String($0) }, "false"),
    ] {
      guard let found, found != supported else { continue }
      throw LanguageModelError(
        .unsupportedModel,
        "\(name) is \"\(found.prefix(60))\"; only \"\(supported)\" is supported.",
        subject: path,
        remedy: "Use a model of the BERT family, such as all-MiniLM-L6-v2."
      )
    }
    for (name, value, limit) in [
      ("hidden_size", file.hiddenSize, 1 << 16),
      ("num_hidden_layers", file.numHiddenLayers, 1 << 10),
      ("num_attention_heads", file.numAttentionHeads, file.hiddenSize),
      ("intermediate_size", file.intermediateSize, 1 << 18),
      ("vocab_size", file.vocabSize, 1 << 24),
      ("max_position_embeddings", file.maxPositionEmbeddings, 1 << 20),
      ("type_vocab_size", file.typeVocabSize ?? 2, 1 << 16),
    ] {
      guard value >= 1, value <= limit else {
        throw Self.malformed("\(name) is \(value), not between 1 and \(limit).", path)
      }
    }
    guard file.hiddenSize % file.numAttentionHeads == 0 else {
      throw Self.malformed(
        "hidden_size \(file.hiddenSize) cannot be shared among \(file.numAttentionHeads) heads.",
        path
      )
    }
    let epsilon = Float(file.layerNormEps ?? 1e-12)
    guard epsilon.isFinite, epsilon >= 0 else {
      throw Self.malformed("layer_norm_eps is \(epsilon).", path)
    }
    hiddenSize = file.hiddenSize
    layers = file.numHiddenLayers
    heads = file.numAttentionHeads
    intermediateSize = file.intermediateSize
    vocabularySize = file.vocabSize
    maximumPositions = file.maxPositionEmbeddings
    tokenTypes = file.typeVocabSize ?? 2
    layerNormEpsilon = epsilon
  }

  /// Floats of all linear layers once packed.
  var packedFloats: Int {
    layers
      * (WeightArena.floats(inputs: hiddenSize, outputs: 3 * hiddenSize)
        + WeightArena.floats(inputs: hiddenSize, outputs: hiddenSize)
        + WeightArena.floats(inputs: hiddenSize, outputs: intermediateSize)
        + WeightArena.floats(inputs: intermediateSize, outputs: hiddenSize))
  }

  /// The linear layers under the names of transformers, with the lengths of what goes in and out.
  public var linearLayers: [(name: String, inputs: Int, outputs: Int)] {
    (0..<layers).flatMap { index -> [(name: String, inputs: Int, outputs: Int)] in
      let layer = "encoder.layer.\(index)."
      return [
        (layer + "attention.self.query", hiddenSize, hiddenSize),
        (layer + "attention.self.key", hiddenSize, hiddenSize),
        (layer + "attention.self.value", hiddenSize, hiddenSize),
        (layer + "attention.output.dense", hiddenSize, hiddenSize),
        (layer + "intermediate.dense", hiddenSize, intermediateSize),
        (layer + "output.dense", intermediateSize, hiddenSize),
      ]
    }
  }

  private static func malformed(_ message: String, _ path: String) -> LanguageModelError {
    LanguageModelError(
      .malformedConfiguration,
      message,
      subject: path,
      remedy: LanguageModelError.getItAgain
    )
  }
}
