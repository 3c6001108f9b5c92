public import Foundation
public import Kernels
public import LanguageModels

/// A BERT encoder in training, with the heads by which it finds passages: the vector of a text, and the
/// score of a question with a passage.
///
/// The forward pass is that of ``BertEncoder`` with each intermediate result kept for the way back; a
/// test holds both to the same vectors.
public final class TrainableEncoder {
  /// The model's sizes.
  public let configuration: BertConfiguration
  /// What training changes.
  public let method: TrainingMethod
  /// What training changes, always in the same order.
  public let parameters: [Parameter]

  let kernels: KernelSet
  let pool: WorkerPool
  let recomputes: Bool
  let embeddings: EncoderEmbeddings
  let embeddingNorm: TrainableNorm
  let layers: [TrainableEncoderLayer]
  /// The head that scores a question with a passage, where the model is trained for that.
  let head: PairHead?

  /// Reads a model folder to train it.
  ///
  /// - Parameters:
  ///   - folder: `config.json` and `model.safetensors`, as from Hugging Face.
  ///   - method: what training changes.
  ///   - seed: where random starts come from.
  ///   - scoresPairs: whether it is trained to score questions with passages. A model that has no head for
  ///     that gets one with random weights.
  ///   - recomputes: whether a layer's intermediate results are computed again on the way back: a third
  ///     more work for a fraction of the memory.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: ``FineTuningError`` if no layer is selected; `LanguageModelError` if the model cannot be
  ///   read.
  public init(
    folder: URL,
    method: TrainingMethod,
    seed: UInt64,
    scoresPairs: Bool = false,
    recomputes: Bool = false,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    let kernels = try kernels ?? KernelSet.active()
    self.kernels = kernels
    self.pool = pool
    self.method = method
    self.recomputes = recomputes
    configuration = try BertConfiguration(folder.appendingPathComponent("config.json"))
    let weights = try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))
    let base = try BertEncoder(
      configuration: configuration,
      weights: weights,
      kernels: kernels,
      pool: pool
    )
    let builder = EncoderBuilder(base, weights, method, namesBert: scoresPairs)
    var generator = SeededGenerator(seed: seed)
    embeddings = try builder.embeddings()
    embeddingNorm = try builder.norm(base.embeddingNorm, "embeddings.LayerNorm")
    layers = try base.layers.indices.map { try builder.layer($0, using: &generator) }
    head = scoresPairs ? try builder.head(using: &generator) : nil
    parameters =
      embeddings.parameters + embeddingNorm.parameters + layers.flatMap(\.parameters)
      + (head?.parameters ?? [])
    guard layers.contains(where: { !$0.parameters.isEmpty }) else {
      throw builder.nothingSelected()
    }
  }

  /// Runs the model on texts that lie one after another.
  ///
  /// - Parameters:
  ///   - texts: each text's tokens, special tokens included.
  ///   - types: for each text its token types; all 0 if `nil`.
  ///   - tape: computes, and remembers where it records.
  /// - Returns: the last hidden state, one row for each token, and each text's rows.
  /// - Throws: ``FineTuningError`` if a text is too long or a token is outside the vocabulary.
  func hidden(
    _ texts: [[Int32]],
    types: [[Int]]? = nil,
    _ tape: Tape
  ) throws -> (Variable, [Range<Int>]) {
    var segments: [Range<Int>] = []
    var count = 0
    for text in texts {
      try check(text)
      segments.append(count..<count + text.count)
      count += text.count
    }
    var hidden = try embeddings.look(up: texts, types: types, tape)
    hidden = try embeddingNorm.apply(to: hidden, epsilon: configuration.layerNormEpsilon, tape)
    for layer in layers {
      let run: (Tape, Variable) throws -> Variable = { [configuration] in
        try layer.run($1, segments: segments, configuration, $0)
      }
      hidden = try recomputes ? tape.checkpoint(hidden, run) : run(tape, hidden)
    }
    return (hidden, segments)
  }

  private func check(_ text: [Int32]) throws {
    guard !text.isEmpty, text.count <= configuration.maximumPositions else {
      throw FineTuningError(
        .invalidExample,
        "A text has \(text.count) tokens; the model takes 1 to \(configuration.maximumPositions).",
        subject: "training data",
        remedy: "Leave it out, or cut it."
      )
    }
    for id in text where id < 0 || Int(id) >= configuration.vocabularySize {
      throw FineTuningError(
        .invalidExample,
        "Token id \(id) is outside the vocabulary of \(configuration.vocabularySize).",
        subject: "training data",
        remedy: "Check that the tokenizer and the model belong together."
      )
    }
  }

  /// All linear layers, the head's last.
  var linears: [TrainableLinear] { layers.flatMap(\.linears) + (head?.linears ?? []) }

  /// What is trained whole, whatever the method: the layer that scores pairs.
  var classifier: [Parameter] { head?.classifier.parameters ?? [] }

  /// A tape on the model's kernels and threads.
  func tape(isRecording: Bool) -> Tape {
    Tape(kernels: kernels, pool: pool, isRecording: isRecording)
  }

  /// Packs what was made of the trained weights anew.
  public func parametersChanged() throws {
    for linear in linears {
      try linear.parametersChanged(kernels: kernels, pool: pool)
    }
  }
}
