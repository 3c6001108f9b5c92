public import Foundation
public import Kernels
public import LanguageModels
import Tokenizers

/// An answer model in training: a BERT encoder that reads question and passage in both directions and
/// writes the answer behind them token by token (UniLM, Dong et al. 2019, arXiv 1905.03197), copying from
/// the passage where the answer stands there.
///
/// The forward pass is that of `AnswerModel`; a test holds both to the same reference.
public final class TrainableAnswerModel: TrainableModel {
  /// The model's sizes.
  public let configuration: BertConfiguration
  /// What training changes.
  public let method: TrainingMethod
  /// What training changes, always in the same order.
  public let parameters: [Parameter]

  let kernels: KernelSet
  let pool: WorkerPool
  let recomputes: Bool
  private let embeddings: EncoderEmbeddings
  private let embeddingNorm: TrainableNorm
  /// Added to the embeddings of the answer's rows.
  private let answerType: TrainableVector
  let layers: [TrainableEncoderLayer]
  let heads: AnswerHeads

  /// Reads a model to train it, or makes a new one.
  ///
  /// - Parameters:
  ///   - base: the folder of the model whose embeddings it has: `config.json` and `model.safetensors`.
  ///     They stay as they are.
  ///   - folder: an answer model's folder; nil for a new one that begins with the base's layers.
  ///   - method: what training changes.
  ///   - seed: where random starts come from.
  ///   - recomputes: whether a layer's intermediate results are computed again on the way back.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: ``FineTuningError`` if no layer is selected; `LanguageModelError` if a model cannot be
  ///   read.
  public init(
    base: URL,
    folder: URL? = nil,
    method: TrainingMethod,
    seed: UInt64,
    recomputes: Bool = false,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    let kernels = try kernels ?? KernelSet.active()
    self.kernels = kernels
    self.pool = pool
    self.method = method
    self.recomputes = recomputes
    configuration = try BertConfiguration(base.appendingPathComponent("config.json"))
    let weights = try SafetensorsFile(base.appendingPathComponent("model.safetensors"))
    let own = try folder.map {
      try SafetensorsFile($0.appendingPathComponent("model.safetensors"))
    }
    let encoder = try BertEncoder(
      configuration: configuration,
      weights: weights,
      layers: own,
      kernels: kernels,
      pool: pool
    )
    let builder = EncoderBuilder(encoder, weights, method, namesBert: false)
    var generator = SeededGenerator(seed: seed)
    embeddings = try builder.embeddings(areFrozen: true)
    embeddingNorm = TrainableNorm(
      gamma: .frozen(encoder.embeddingNorm.gamma),
      beta: .frozen(encoder.embeddingNorm.beta)
    )
    answerType = try TrainableVector(
      own?.floats(Self.answerTypeName, shape: [configuration.hiddenSize])
        ?? [Float](repeating: 0, count: configuration.hiddenSize),
      trainedAs: method == .full ? Self.answerTypeName : nil
    )
    layers = try encoder.layers.indices.map { try builder.layer($0, using: &generator) }
    heads = try builder.answerHeads(
      from: own,
      words: builder.words(),
      roles: folder == nil ? Self.roles(of: base) : [],
      method: method,
      using: &generator
    )
    parameters =
      [answerType.parameter].compactMap(\.self) + layers.flatMap(\.parameters) + heads.parameters
    guard !parameters.isEmpty else { throw builder.nothingSelected() }
  }

  private static let answerTypeName = "answer.type"

  /// The tokens with which an answer ends or is refused, by the base's vocabulary.
  private static func roles(of base: URL) throws -> [Int32] {
    let tokens = try AnswerTokens(Tokenizer.load(folder: base))
    return [tokens.end, tokens.none]
  }

  /// Adds the gradient of scale · (sum of the losses of the tokens to write).
  public func addGradients(of batch: ReadingBatch, scale: Double) throws -> LossSum {
    try loss(of: batch, scale: scale)
  }

  /// The sum of the losses of the tokens to write.
  public func loss(of batch: ReadingBatch) throws -> LossSum {
    try loss(of: batch, scale: nil)
  }

  private func loss(of batch: ReadingBatch, scale: Double?) throws -> LossSum {
    for reading in batch.readings { try check(reading) }
    let tape = Tape(kernels: kernels, pool: pool, isRecording: scale != nil)
    let rows = ReadingRows(batch)
    let hidden = try hidden(batch, rows, tape)
    let sum = try heads.loss(hidden, rows, scale: scale ?? 1, configuration, tape)
    try tape.runBack()
    return LossSum(sum: sum, count: rows.targets.count)
  }

  /// The last hidden state of all rows.
  private func hidden(_ batch: ReadingBatch, _ rows: ReadingRows, _ tape: Tape) throws -> Variable {
    let texts = batch.readings.map { $0.prefix + $0.answerTokens }
    let types = batch.readings.map { $0.types + $0.answerTokens.map { _ in 0 } }
    var hidden = try embeddings.look(up: texts, types: types, tape)
    hidden = try tape.add(answerType, to: hidden, rows: rows.answers)
    hidden = try embeddingNorm.apply(to: hidden, epsilon: configuration.layerNormEpsilon, tape)
    for layer in layers {
      let run: (Tape, Variable) throws -> Variable = { [configuration] in
        try layer.run(
          $1,
          segments: rows.segments,
          prefixes: batch.readings.map(\.prefix.count),
          configuration,
          $0
        )
      }
      hidden = try recomputes ? tape.checkpoint(hidden, run) : run(tape, hidden)
    }
    return hidden
  }

  /// Packs what was made of the trained weights anew.
  public func parametersChanged() throws {
    for linear in layers.flatMap(\.linears) + heads.linears {
      try linear.parametersChanged(kernels: kernels, pool: pool)
    }
  }

  private func check(_ reading: EncodedReading) throws(FineTuningError) {
    let prefix = reading.prefix
    let vocabulary = 0..<Int32(configuration.vocabularySize)
    let isWhole =
      !prefix.isEmpty && !reading.targets.isEmpty && reading.types.count == prefix.count
      && reading.types.allSatisfy { 0..<configuration.tokenTypes ~= $0 }
      && reading.tokenCount <= configuration.maximumPositions
      && (prefix + [reading.start] + reading.targets).allSatisfy(vocabulary.contains)
      && (reading.copyable.isEmpty
        || prefix.indices.contains(reading.copyable.lowerBound)
          && reading.copyable.upperBound <= prefix.count)
      && reading.places.count == reading.targets.count
      && reading.places.allSatisfy { $0.allSatisfy(reading.copyable.contains) }
    guard isWhole else {
      throw FineTuningError(
        .invalidExample,
        "A reading of \(prefix.count) tokens with \(reading.targets.count) to write does not fit the "
          + "model, which takes \(configuration.maximumPositions) of \(configuration.vocabularySize).",
        subject: "training data",
        remedy: "Encode it with the model's own tokenizer, and cut it."
      )
    }
  }
}
