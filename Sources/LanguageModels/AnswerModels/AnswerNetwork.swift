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
  /// What is added to hidden · word embeddings, which are the output layer.
  let vocabularyBias: [Float]

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
    let updates = try adapter?.updatesOfEncoder() ?? [:]
    let linearLayers = Self.linearLayers(configuration)
    try LowRankAdapter.refuse(
      unknown: Set(updates.keys).subtracting(linearLayers.map(\.name)),
      subject: answer.path
    )
    let weights = BertWeights(
      answer,
      floats: linearLayers.reduce(0) {
        $0 + WeightArena.floats(inputs: $1.inputs, outputs: $1.outputs)
      },
      updates: updates,
      kernels: kernels,
      pool: pool
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
    vocabularyBias = try weights.floats("vocabulary.bias", shape: [configuration.vocabularySize])
    var layers: [BertLayer] = []
    for index in 0..<configuration.layers {
      layers.append(try weights.layer(index, configuration))
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
}
