import Foundation
package import Kernels

/// The weights of an answer model and the base's embeddings, ready to run.
///
/// A BERT encoder whose answer rows see the whole prefix and, of the answer, only what comes before
/// (the prefix-LM mask of UniLM, Dong et al., arXiv 1905.03197), with a head that copies tokens of the
/// passage or writes words of the vocabulary (pointer-generator, See et al., arXiv 1704.04368).
package struct AnswerNetwork: Sendable {
  /// The three kinds of token, which differ in what is added to their word embedding.
  enum Part: Int, CaseIterable {
    case question
    case passage
    case answer
  }

  /// The base's sizes.
  package let configuration: BertConfiguration
  let kernels: KernelSet
  let pool: WorkerPool

  let words: EmbeddingTable
  /// By part: [maximumPositions × hidden], position embedding + type embedding, for answer rows also
  /// + `answer.type`.
  let positions: [Matrix]
  let embeddingNorm: BertNorm
  let layers: [BertLayer]

  let copyQuery: BertLinear
  /// Without bias, as are the carried states.
  let copyKey: PackedMatrix
  let copyCarry: PackedMatrix
  /// [hidden]
  let copyGate: [Float]
  let copyGateBias: Float
  /// What continuing a copied run adds to its score.
  let copyNext: Float

  let transform: BertLinear
  let transformNorm: BertNorm
  /// hidden → vocabulary: the word embeddings, with a bias of their own.
  let vocabulary: BertLinear

  /// The linear layers that an adapter can update, with the lengths of what goes in and out.
  package static func linearLayers(
    _ configuration: BertConfiguration
  ) -> [(name: String, inputs: Int, outputs: Int)] {
    let hidden = configuration.hiddenSize
    return configuration.linearLayers + [
      ("copy.query", hidden, hidden), ("copy.key", hidden, hidden), ("copy.carry", hidden, hidden),
      ("copy.gate", hidden, 1), ("vocabulary.transform", hidden, hidden),
    ]
  }

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - configuration: the base's sizes.
  ///   - base: the base's weights, which stay mapped: its embeddings are used.
  ///   - answer: the answer model's weights.
  ///   - adapter: what is added to the answer model's weights, if anything.
  ///   - kernels: the kernels to use.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError` if weights are absent or of other shapes than the configuration
  ///   asks for, or the adapter does not fit.
  package init(
    configuration: BertConfiguration,
    base: SafetensorsFile,
    answer: SafetensorsFile,
    adapter: LowRankAdapter? = nil,
    kernels: KernelSet,
    pool: WorkerPool
  ) throws(LanguageModelError) {
    self.configuration = configuration
    self.kernels = kernels
    self.pool = pool
    let hidden = configuration.hiddenSize
    let weights = try AnswerWeights(
      answer,
      adapter: adapter,
      configuration: configuration,
      kernels: kernels
    )
    let frozen = try AnswerEmbeddings(
      base,
      answerType: try weights.floats("answer.type", shape: [hidden]),
      configuration: configuration,
      kernels: kernels,
      pool: pool
    )
    words = frozen.words
    positions = frozen.positions
    embeddingNorm = frozen.norm
    vocabulary = BertLinear(
      weights: frozen.output,
      bias: try weights.floats("vocabulary.bias", shape: [configuration.vocabularySize])
    )
    var layers: [BertLayer] = []
    for index in 0..<configuration.layers {
      layers.append(try Self.layer(index, weights, configuration))
    }
    self.layers = layers
    copyQuery = try weights.linear(["copy.query"], inputs: hidden, outputs: hidden)
    copyKey = try weights.packed(["copy.key"], inputs: hidden, outputs: hidden)
    copyCarry = try weights.packed(["copy.carry"], inputs: hidden, outputs: hidden)
    copyGate = try weights.rows("copy.gate", inputs: hidden, outputs: 1)
    copyGateBias = try weights.floats("copy.gate.bias", shape: [1])[0]
    copyNext = try weights.floats("copy.next", shape: [1])[0]
    transform = try weights.linear(["vocabulary.transform"], inputs: hidden, outputs: hidden)
    transformNorm = try weights.norm("vocabulary.norm", size: hidden)
  }

  private static func layer(
    _ index: Int,
    _ weights: AnswerWeights,
    _ configuration: BertConfiguration
  ) throws(LanguageModelError) -> BertLayer {
    let hidden = configuration.hiddenSize
    let intermediate = configuration.intermediateSize
    let layer = "encoder.layer.\(index)."
    let attention = layer + "attention.self."
    return BertLayer(
      projections: try weights.linear(
        [attention + "query", attention + "key", attention + "value"],
        inputs: hidden,
        outputs: hidden
      ),
      attentionOutput: try weights.linear(
        [layer + "attention.output.dense"],
        inputs: hidden,
        outputs: hidden
      ),
      attentionNorm: try weights.norm(layer + "attention.output.LayerNorm", size: hidden),
      intermediate: try weights.linear(
        [layer + "intermediate.dense"],
        inputs: hidden,
        outputs: intermediate
      ),
      output: try weights.linear([layer + "output.dense"], inputs: intermediate, outputs: hidden),
      outputNorm: try weights.norm(layer + "output.LayerNorm", size: hidden)
    )
  }
}
