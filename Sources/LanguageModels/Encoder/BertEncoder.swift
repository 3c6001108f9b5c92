public import Kernels
import Synchronization

/// A BERT encoder: token ids in, one vector per token out.
///
/// As in Devlin et al., arXiv 1810.04805, and numerically as `BertModel` of Hugging Face
/// transformers in 32-bit floats: word, position and type embeddings; layers of self-attention and
/// feed-forward, each with a residual connection and layer normalisation after it; GELU with the
/// error function. Sequences of any lengths run together without padding. A sequence's result
/// does not depend, bit for bit, on what runs with it or on the number of threads.
public final class BertEncoder: Sendable {
  /// The model's sizes.
  public let configuration: BertConfiguration
  /// The kernels in use.
  public let kernels: KernelSet
  /// The threads in use.
  public let pool: WorkerPool

  package let words: EmbeddingTable
  /// [maximumPositions × hiddenSize]: position embedding + embedding of token type 0.
  package let positions: Matrix
  package let embeddingNorm: BertNorm
  package let layers: [BertLayer]
  private let spareScratch = Mutex<[EncoderScratch]>([])

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - configuration: the model's sizes.
  ///   - weights: its weight file, which stays mapped.
  ///   - layerFile: the file that the layers come from, where they are not those of `weights`: an answer
  ///     model has the embeddings of its base and layers of its own.
  ///   - adapter: what is added to the weights, if anything.
  ///   - kernels: the kernels to use.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError` if weights are absent or do not fit the configuration, or the
  ///   adapter does not fit the model.
  public init(
    configuration: BertConfiguration,
    weights: SafetensorsFile,
    layers layerFile: SafetensorsFile? = nil,
    adapter: LowRankAdapter? = nil,
    kernels: KernelSet,
    pool: WorkerPool = .shared
  ) throws(LanguageModelError) {
    self.configuration = configuration
    self.kernels = kernels
    self.pool = pool
    let hidden = configuration.hiddenSize
    let updates = try adapter?.updatesOfEncoder() ?? [:]
    try LowRankAdapter.refuse(
      unknown: Set(updates.keys).subtracting(configuration.linearLayers.map(\.name)),
      subject: weights.path
    )
    let reader = BertWeights(
      weights,
      floats: layerFile == nil ? configuration.packedFloats : 0,
      updates: updates,
      kernels: kernels,
      pool: pool
    )
    words = try reader.table(
      "embeddings.word_embeddings.weight",
      rows: configuration.vocabularySize,
      columns: hidden
    )
    embeddingNorm = try reader.norm("embeddings.LayerNorm", size: hidden)
    let types = try reader.floats(
      "embeddings.token_type_embeddings.weight",
      shape: [configuration.tokenTypes, hidden]
    )
    var table = try reader.floats(
      "embeddings.position_embeddings.weight",
      shape: [configuration.maximumPositions, hidden]
    )
    for index in table.indices { table[index] += types[index % hidden] }
    do {
      positions = try Matrix(
        rows: configuration.maximumPositions,
        columns: hidden,
        values: table
      )
    } catch {
      throw Self.failure(error)
    }
    let layerReader =
      layerFile.map {
        BertWeights(
          $0,
          floats: configuration.packedFloats,
          updates: updates,
          kernels: kernels,
          pool: pool
        )
      } ?? reader
    var layers: [BertLayer] = []
    for index in 0..<configuration.layers {
      layers.append(try layerReader.layer(index, configuration))
    }
    self.layers = layers
  }

  /// Runs the model on sequences of token ids, one after another in one batch.
  ///
  /// - Parameter sequences: token ids, special tokens included; each at most
  ///   ``BertConfiguration/maximumPositions`` long.
  /// - Returns: for each sequence its last hidden state, one row of `hiddenSize` floats per token.
  /// - Throws: `LanguageModelError` if a sequence is too long or has an id outside the vocabulary.
  public func lastHiddenState(_ sequences: [[Int32]]) throws(LanguageModelError) -> [[[Float]]] {
    var result: [[[Float]]] = []
    try forward(sequences) { hidden, ranges in
      result = ranges.map { range in range.map { hidden.row($0) } }
    }
    return result
  }

  /// Runs the model and hands the last hidden state to `body`: a matrix and each sequence's rows in
  /// it, valid only during the call.
  ///
  /// - Throws: `LanguageModelError` as ``lastHiddenState(_:)`` does, and what `body` throws.
  func forward(
    _ sequences: [[Int32]],
    _ body: (Matrix, [Range<Int>]) throws(LanguageModelError) -> Void
  ) throws(LanguageModelError) {
    var ranges: [Range<Int>] = []
    var tokens = 0
    for sequence in sequences {
      try check(sequence)
      ranges.append(tokens..<tokens + sequence.count)
      tokens += sequence.count
    }
    let scratch = takeScratch(tokens)
    defer { spareScratch.withLock { $0.append(scratch) } }
    do {
      try embed(sequences, ranges: ranges, tokens: tokens, into: scratch.hidden)
      for layer in layers { try run(layer, sequences: ranges, tokens: tokens, scratch) }
    } catch {
      throw Self.failure(error)
    }
    try body(scratch.hidden, ranges)
  }

  private func check(_ sequence: [Int32]) throws(LanguageModelError) {
    guard sequence.count <= configuration.maximumPositions else {
      throw LanguageModelError(
        .invalidInput,
        "A text of \(sequence.count) tokens exceeds the model's \(configuration.maximumPositions).",
        subject: "encoder",
        remedy: "Split the text into shorter passages."
      )
    }
    for id in sequence where id < 0 || Int(id) >= configuration.vocabularySize {
      throw LanguageModelError(
        .invalidInput,
        "Token id \(id) is outside the vocabulary of \(configuration.vocabularySize).",
        subject: "encoder",
        remedy: "Check that the tokenizer and the model belong together."
      )
    }
  }

  /// hidden = LayerNorm(word + position + type).
  private func embed(
    _ sequences: [[Int32]],
    ranges: [Range<Int>],
    tokens: Int,
    into hidden: Matrix
  ) throws(KernelError) {
    for (sequence, range) in zip(sequences, ranges) {
      for (position, id) in sequence.enumerated() {
        hidden.withRow(range.lowerBound + position) { row in
          positions.withRow(position) { other in
            words.write(Int(id), plus: UnsafeBufferPointer(other), to: row)
          }
        }
      }
    }
    try kernels.layerNorm(
      hidden,
      rows: 0..<tokens,
      gamma: embeddingNorm.gamma,
      beta: embeddingNorm.beta,
      epsilon: configuration.layerNormEpsilon,
      pool: pool
    )
  }

  private func run(
    _ layer: BertLayer,
    sequences: [Range<Int>],
    tokens: Int,
    _ scratch: EncoderScratch
  ) throws(KernelError) {
    let rows = 0..<tokens
    let hidden = scratch.hidden
    try kernels.linear(
      hidden,
      layer.projections.weights,
      bias: layer.projections.bias,
      rows: rows,
      into: scratch.projections,
      pool: pool
    )
    try kernels.attention(
      scratch.projections,
      sequences: sequences,
      heads: configuration.heads,
      into: scratch.context,
      pool: pool
    )
    try kernels.linear(
      scratch.context,
      layer.attentionOutput.weights,
      bias: layer.attentionOutput.bias,
      residual: hidden,
      rows: rows,
      into: hidden,
      pool: pool
    )
    try kernels.layerNorm(
      hidden,
      rows: rows,
      gamma: layer.attentionNorm.gamma,
      beta: layer.attentionNorm.beta,
      epsilon: configuration.layerNormEpsilon,
      pool: pool
    )
    try kernels.linear(
      hidden,
      layer.intermediate.weights,
      bias: layer.intermediate.bias,
      gelu: true,
      rows: rows,
      into: scratch.intermediate,
      pool: pool
    )
    try kernels.linear(
      scratch.intermediate,
      layer.output.weights,
      bias: layer.output.bias,
      residual: hidden,
      rows: rows,
      into: hidden,
      pool: pool
    )
    try kernels.layerNorm(
      hidden,
      rows: rows,
      gamma: layer.outputNorm.gamma,
      beta: layer.outputNorm.beta,
      epsilon: configuration.layerNormEpsilon,
      pool: pool
    )
  }

  /// Scratch memory for some tokens; kept between calls, as fresh memory costs page faults.
  private func takeScratch(_ tokens: Int) -> EncoderScratch {
    let spare = spareScratch.withLock { spare -> EncoderScratch? in
      guard let index = spare.firstIndex(where: { $0.capacity >= tokens }) else {
        // Too small for this batch: let it go, so that no more pieces stay than run at once.
        if !spare.isEmpty { spare.removeFirst() }
        return nil
      }
      return spare.remove(at: index)
    }
    return spare ?? EncoderScratch(configuration, capacity: tokens)
  }

  private static func failure(_ error: KernelError) -> LanguageModelError {
    LanguageModelError(
      .invalidInput,
      "The model cannot be run.",
      subject: "encoder",
      cause: error.message,
      remedy: error.remedy
    )
  }
}
