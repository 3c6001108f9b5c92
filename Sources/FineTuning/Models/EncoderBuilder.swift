import Kernels
import LanguageModels

/// Makes the layers of an encoder in training from those of a loaded one.
struct EncoderBuilder {
  let base: BertEncoder
  private let weights: SafetensorsFile
  private let method: TrainingMethod
  /// What stands before the names of the parameters.
  private let prefix: String
  /// What stands before the names in the file.
  private let filePrefix: String

  var configuration: BertConfiguration { base.configuration }

  /// - Parameters:
  ///   - base: the loaded model.
  ///   - weights: its file.
  ///   - method: what is to be trained.
  ///   - namesBert: whether names begin with `bert.`, as where a head stands beside the encoder.
  init(_ base: BertEncoder, _ weights: SafetensorsFile, _ method: TrainingMethod, namesBert: Bool) {
    self.base = base
    self.weights = weights
    self.method = method
    prefix = namesBert ? "bert." : ""
    filePrefix = weights.contains("bert.embeddings.word_embeddings.weight") ? "bert." : ""
  }

  /// The embeddings, trained where all weights are, unless they are to stay as they are.
  func embeddings(areFrozen: Bool = false) throws -> EncoderEmbeddings {
    let columns = configuration.hiddenSize
    let types = try floats("token_type_embeddings", rows: configuration.tokenTypes)
    guard method == .full, !areFrozen else {
      let differences = (0..<configuration.tokenTypes).map { type in
        (0..<columns).map { types[type * columns + $0] - types[$0] }
      }
      return .frozen(words: base.words, positions: base.positions, types: differences)
    }
    func parameter(_ name: String, _ rows: Int) throws -> Parameter {
      Parameter(
        prefix + "embeddings.\(name).weight",
        try Matrix(rows: rows, columns: columns, values: floats(name, rows: rows))
      )
    }
    return .trained(
      words: try parameter("word_embeddings", configuration.vocabularySize),
      positions: try parameter("position_embeddings", configuration.maximumPositions),
      types: try parameter("token_type_embeddings", configuration.tokenTypes)
    )
  }

  func norm(_ norm: BertNorm, _ name: String) throws -> TrainableNorm {
    let isTrained = method == .full
    return TrainableNorm(
      gamma: try TrainableVector(
        norm.gamma,
        trainedAs: isTrained ? prefix + name + ".weight" : nil
      ),
      beta: try TrainableVector(norm.beta, trainedAs: isTrained ? prefix + name + ".bias" : nil)
    )
  }

  func layer(
    _ index: Int,
    using generator: inout some RandomNumberGenerator
  ) throws -> TrainableEncoderLayer {
    let layer = base.layers[index]
    let path = "encoder.layer.\(index)."
    return TrainableEncoderLayer(
      projections: try linear(
        layer.projections,
        ["query", "key", "value"].map { path + "attention.self." + $0 },
        &generator
      ),
      attentionOutput: try linear(
        layer.attentionOutput,
        [path + "attention.output.dense"],
        &generator
      ),
      attentionNorm: try norm(layer.attentionNorm, path + "attention.output.LayerNorm"),
      intermediate: try linear(layer.intermediate, [path + "intermediate.dense"], &generator),
      output: try linear(layer.output, [path + "output.dense"], &generator),
      outputNorm: try norm(layer.outputNorm, path + "output.LayerNorm")
    )
  }

  /// The head that the file has, or a random one.
  func head(using generator: inout some RandomNumberGenerator) throws -> PairHead {
    let hidden = configuration.hiddenSize
    // The same for every seed: adapters do not keep what they leave as it is.
    var start = SeededGenerator(seed: 0)
    let pooler = BertLinear(
      weights: try packed(
        try values("bert.pooler.dense.weight", [hidden, hidden])
          ?? values("pooler.dense.weight", [hidden, hidden])
          ?? random(hidden * hidden, &start),
        rows: hidden
      ),
      bias: try values("bert.pooler.dense.bias", [hidden])
        ?? values("pooler.dense.bias", [hidden])
        ?? [Float](repeating: 0, count: hidden)
    )
    let rows = try Matrix(
      rows: 1,
      columns: hidden,
      values: try values("classifier.weight", [1, hidden]) ?? random(hidden, &generator)
    )
    let bias = try values("classifier.bias", [1]) ?? [0]
    return PairHead(
      pooler: try linear(pooler, ["pooler.dense"], &generator),
      classifier: TrainableLinear(
        .trained(
          Parameter("classifier.weight", rows),
          PackedMatrix(rows, using: base.kernels, pool: base.pool)
        ),
        bias: try TrainableVector(bias, trainedAs: "classifier.bias"),
        factors: []
      )
    )
  }

  private func values(_ name: String, _ shape: [Int]) throws -> [Float]? {
    weights.contains(name) ? try weights.floats(name, shape: shape) : nil
  }

  func random(
    _ count: Int,
    _ generator: inout some RandomNumberGenerator
  ) -> [Float] {
    // Evenly, with BERT's standard deviation of 0.02.
    let bound = 0.02 * Float(3).squareRoot()
    return (0..<count).map { _ in Float.random(in: -bound...bound, using: &generator) }
  }

  func packed(_ rows: [Float], rows count: Int) throws -> PackedMatrix {
    try PackedMatrix(
      rows: rows,
      inputs: rows.count / count,
      outputs: count,
      using: base.kernels
    )
  }

  /// Layers of the same input, which lie side by side.
  private func linear(
    _ layer: BertLinear,
    _ paths: [String],
    _ generator: inout some RandomNumberGenerator
  ) throws -> TrainableLinear {
    try linear(layer.weights, bias: layer.bias, paths.map { prefix + $0 }, &generator)
  }

  /// A layer in training, its name without `.weight` and what stands before it in this model.
  func linear(
    _ weights: PackedMatrix,
    bias: [Float]?,
    _ path: String,
    _ generator: inout some RandomNumberGenerator
  ) throws -> TrainableLinear {
    try linear(weights, bias: bias, [path], &generator)
  }

  private func linear(
    _ packed: PackedMatrix,
    bias: [Float]?,
    _ paths: [String],
    _ generator: inout some RandomNumberGenerator
  ) throws -> TrainableLinear {
    switch method {
    case .full:
      return TrainableLinear(
        .trained(copying: packed, of: paths, kernels: base.kernels, pool: base.pool),
        bias: try bias.map {
          try TrainableVector($0, trainedAs: TrainableWeights.fusedName(paths) + ".bias")
        },
        factors: []
      )
    case .lowRank(let settings):
      let weights = TrainableWeights.frozen(packed)
      let outputs = weights.outputs / paths.count
      var factors: [LowRankFactors] = []
      for (index, path) in paths.enumerated() where settings.selects(path) {
        factors.append(
          try LowRankFactors(
            path,
            outputs: index * outputs..<(index + 1) * outputs,
            of: weights,
            settings,
            using: &generator
          )
        )
      }
      return TrainableLinear(weights, bias: bias.map { .frozen($0) }, factors: factors)
    }
  }

  private func floats(_ name: String, rows: Int) throws -> [Float] {
    try weights.floats(
      filePrefix + "embeddings.\(name).weight",
      shape: [rows, configuration.hiddenSize]
    )
  }

  /// The word embeddings, row after row.
  func words() throws -> [Float] {
    try floats("word_embeddings", rows: configuration.vocabularySize)
  }

  func nothingSelected() -> FineTuningError {
    FineTuningError(
      .invalidSettings,
      "The settings select no layer of the model, so nothing would be trained.",
      subject: "targets",
      remedy: "Use some of: query, key, value, dense."
    )
  }
}
