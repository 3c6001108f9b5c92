import Foundation
import Kernels
public import LanguageModels

/// A decoder in training: the weights of a loaded model, and low-rank factors or copies of all weights
/// that training changes.
///
/// The forward pass is that of ``CausalDecoder`` in other clothes: whole examples instead of tokens
/// behind a cache, and each intermediate result kept for the way back. It uses the same kernels and
/// the same weights, where these are frozen; a test holds both to the same logits.
public final class TrainableDecoder {
  /// The model whose weights are used.
  public let base: CausalDecoder
  /// What training changes.
  public let method: TrainingMethod
  /// What training changes, always in the same order.
  public let parameters: [Parameter]

  /// Whether a layer's intermediate results are computed again on the way back instead of kept.
  let recomputes: Bool
  let layers: [TrainableDecoderLayer]
  let outputNorm: TrainableVector
  let output: TrainableLinear
  /// The embeddings where they are trained.
  let embeddings: Parameter?

  /// A model to train.
  ///
  /// - Parameters:
  ///   - base: the model. All its weights can be trained only if it holds them in 32-bit floats.
  ///   - method: what training changes.
  ///   - seed: where the factors' random start comes from.
  ///   - recomputes: whether a layer's intermediate results are computed again on the way back: a third
  ///     more work for a fraction of the memory.
  /// - Throws: ``FineTuningError`` if no layer is selected, or the weights cannot be trained.
  public init(
    _ base: CausalDecoder,
    method: TrainingMethod,
    seed: UInt64,
    recomputes: Bool = false
  ) throws {
    self.base = base
    self.method = method
    self.recomputes = recomputes
    let builder = try DecoderBuilder(base, method)
    var generator = SeededGenerator(seed: seed)
    layers = try base.layers.indices.map { index in
      try builder.layer(index, using: &generator)
    }
    outputNorm = try builder.vector(base.outputNorm, "model.norm.weight")
    (output, embeddings) = try builder.output()
    let table = embeddings
    var parameters = [table].compactMap { $0 }
    parameters += layers.flatMap(\.parameters)
    parameters += [outputNorm.parameter].compactMap { $0 }
    // Tied output weights are the embeddings, which are there already.
    parameters += output.parameters.filter { $0 !== table }
    self.parameters = parameters
    guard !parameters.isEmpty else { throw builder.nothingSelected() }
  }

  /// Runs the model on whole examples that lie one after another.
  ///
  /// - Parameters:
  ///   - tokens: the examples' tokens.
  ///   - segments: the tokens of each example.
  ///   - tape: computes, and remembers where it records.
  /// - Returns: what the output layer reads, one row for each token.
  /// - Throws: ``FineTuningError`` if a token is outside the vocabulary.
  func hidden(_ tokens: [Int32], segments: [Range<Int>], _ tape: Tape) throws -> Variable {
    let configuration = base.configuration
    for id in tokens where id < 0 || Int(id) >= configuration.vocabularySize {
      throw FineTuningError(
        .invalidExample,
        "Token id \(id) is outside the vocabulary of \(configuration.vocabularySize).",
        subject: "training data",
        remedy: "Check that the tokenizer and the model belong together."
      )
    }
    let angles = angles(segments, tokens: tokens.count)
    var hidden: Variable
    if let embeddings {
      hidden = tape.embedding(
        embeddings,
        tokens.map { Int($0) },
        factor: configuration.embeddingScale
      )
    } else {
      let rows = Matrix(uninitializedRows: tokens.count, columns: configuration.hiddenSize)
      try base.embed(tokens, into: rows)
      hidden = tape.constant(rows)
    }
    for (index, layer) in layers.enumerated() {
      let isSliding = configuration.slidingLayers[index]
      let pass = DecoderPass(
        configuration: configuration,
        window: configuration.window(ofLayer: index),
        angles: isSliding ? angles.sliding : angles.full,
        segments: segments
      )
      let run: (Tape, Variable) throws -> Variable = { try layer.run($1, pass, $0) }
      hidden = try recomputes ? tape.checkpoint(hidden, run) : run(tape, hidden)
    }
    return try tape.rmsNorm(hidden, outputNorm, epsilon: configuration.normEpsilon)
  }

  /// The angles of the examples' positions, each counted from its own start.
  private func angles(
    _ segments: [Range<Int>],
    tokens: Int
  ) -> (full: RotaryAngles, sliding: RotaryAngles) {
    var positions = [Int](repeating: 0, count: tokens)
    for segment in segments {
      for index in segment { positions[index] = index - segment.lowerBound }
    }
    let longest = segments.map(\.count).max() ?? 0
    let frequencies = base.frequencies
    let isLong = base.configuration.rotary.switchLength.map { longest > $0 } ?? false
    let full = (isLong ? frequencies.long : frequencies.short).angles(positions)
    return (full, frequencies.sliding?.angles(positions) ?? full)
  }

  /// The sum of the losses of a batch's learnt tokens, with the gradient of scale · sum added to the
  /// parameters' gradients where `scale` is given.
  func loss(of batch: PackedSequence, scale: Double?) throws -> LossSum {
    guard !batch.targets.isEmpty else { return LossSum() }
    let tape = Tape(kernels: base.kernels, pool: base.pool, isRecording: scale != nil)
    let sum = try tape.crossEntropy(
      hidden(batch.tokens, segments: batch.segments, tape),
      output,
      targets: zip(batch.targetPlaces, batch.targets).map { (row: $0, token: $1) },
      scale: scale ?? 1,
      softcap: base.configuration.logitCap
    )
    try tape.runBack()
    return LossSum(sum: sum, count: batch.targets.count)
  }

  /// Packs what was made of the trained weights anew.
  public func parametersChanged() throws {
    for layer in layers {
      for linear in layer.linears {
        try linear.parametersChanged(kernels: base.kernels, pool: base.pool)
      }
    }
    try output.parametersChanged(kernels: base.kernels, pool: base.pool)
  }
}
