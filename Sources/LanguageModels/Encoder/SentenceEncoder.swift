public import Foundation
public import Kernels
import Synchronization
import Tokenizers

/// Turns texts into vectors whose dot product measures how close their meanings are.
///
/// Reads a sentence-transformers model folder of the BERT family: `config.json`,
/// `model.safetensors`, the tokenizer's files, and where present `modules.json`, the pooling
/// module's `config.json` and `sentence_bert_config.json`. Vectors equal those of
/// sentence-transformers in 32-bit floats up to rounding. The same text gives the same vector, bit
/// for bit, whatever is encoded with it and on however many threads.
///
/// Encoding blocks the calling thread and may be called from several threads at once.
public final class SentenceEncoder: Sendable {
  /// Floats of a vector.
  public let dimension: Int
  /// The most tokens of a text that are read, the special tokens around it included.
  public let maximumTokens: Int
  /// Whether vectors have length 1.
  public let isNormalized: Bool
  /// How many special tokens are put around each text.
  public var specialTokenCount: Int { tokenizer.specialTokenCount }

  let encoder: BertEncoder
  let tokenizer: Tokenizer
  let pooling: SentenceModelSettings.Pooling

  /// Reads a model folder.
  ///
  /// - Parameters:
  ///   - folder: the folder that holds the files of the model.
  ///   - adapter: what is added to the model's weights, if anything.
  ///   - pool: the threads to use.
  ///   - kernels: the kernels to use; those of the process if `nil`.
  /// - Throws: `LanguageModelError`, `TokenizerError` or `KernelError`, each naming the file or
  ///   setting and what to do.
  public init(
    folder: URL,
    adapter: LowRankAdapter? = nil,
    pool: WorkerPool = .shared,
    kernels: KernelSet? = nil
  ) throws {
    let kernels = try kernels ?? KernelSet.active()
    let settings = try SentenceModelSettings(folder: folder)
    if let adapter, let trained = adapter.baseFingerprint {
      try trained.require(settings.transformerFolder, adapter: adapter)
    }
    let configuration = try BertConfiguration(
      settings.transformerFolder.appendingPathComponent("config.json")
    )
    let weights = try SafetensorsFile(
      settings.transformerFolder.appendingPathComponent("model.safetensors")
    )
    // The tokenizer is read while the weights are packed.
    let readTokenizer = Mutex<Tokenizer?>(nil)
    let readEncoder = Mutex<BertEncoder?>(nil)
    try pool.run(parts: 2) { part in
      if part == 0 {
        let tokenizer = try Tokenizer.load(folder: settings.transformerFolder)
        readTokenizer.withLock { $0 = tokenizer }
      } else {
        let encoder = try BertEncoder(
          configuration: configuration,
          weights: weights,
          adapter: adapter,
          kernels: kernels,
          pool: pool
        )
        readEncoder.withLock { $0 = encoder }
      }
    }
    guard let tokenizer = readTokenizer.withLock({ $0 }),
      let encoder = readEncoder.withLock({ $0 })
    else { preconditionFailure("both parts ran without an error") }
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw LanguageModelError(
        .malformedConfiguration,
        "The tokenizer has \(tokenizer.vocabularySize) tokens, the model knows "
          + "\(configuration.vocabularySize).",
        subject: folder.path,
        remedy: LanguageModelError.getItAgain
      )
    }
    let limit = min(
      settings.maximumTokens ?? configuration.maximumPositions,
      configuration.maximumPositions
    )
    guard limit > tokenizer.specialTokenCount else {
      throw LanguageModelError(
        .malformedConfiguration,
        "max_seq_length \(limit) leaves no room for text.",
        subject: folder.path,
        remedy: LanguageModelError.getItAgain
      )
    }
    self.tokenizer = tokenizer
    self.encoder = encoder
    pooling = settings.pooling
    isNormalized = settings.normalizes
    maximumTokens = limit
    dimension = configuration.hiddenSize
  }

  /// The number of tokens of a text, without the special tokens around it.
  ///
  /// - Complexity: O(length of the text).
  public func countTokens(_ text: String) -> Int {
    tokenizer.countTokens(text)
  }

  /// One vector per input, in order; and for each span of an input the vector of its tokens, from
  /// the same forward pass.
  ///
  /// Texts are taken in order of length and computed on all threads; nothing is padded. A text
  /// longer than ``maximumTokens`` is cut at its end.
  ///
  /// - Parameter inputs: the texts.
  /// - Returns: one output per input.
  /// - Throws: `LanguageModelError` if tokenizer and model do not belong together.
  public func encode(_ inputs: [Input]) throws -> [Output] {
    let tokenized = TokenizedBatch(inputs, tokenizer: tokenizer, limit: maximumTokens, encoder.pool)
    let chunks = tokenized.chunks(threads: encoder.pool.availableThreads)
    let outputs = ResultBuffer(
      count: inputs.count,
      filler: Output(vector: [], spanVectors: [], tokenCount: 0, truncated: false)
    )
    try encoder.pool.run(parts: chunks.count) { [self] part in
      let texts = chunks[part].map { tokenized[$0] }
      try encoder.forward(texts.map(\.ids)) { hidden, ranges throws(LanguageModelError) in
        for (position, index) in chunks[part].enumerated() {
          outputs[index] = try output(of: texts[position], hidden, rows: ranges[position])
        }
      }
    }
    return outputs.all
  }

  private func output(
    of text: TokenizedText,
    _ hidden: Matrix,
    rows: Range<Int>
  ) throws(LanguageModelError) -> Output {
    guard !rows.isEmpty else {
      return Output(
        vector: [Float](repeating: 0, count: dimension),
        spanVectors: text.spans.map { _ in [] },
        tokenCount: 0,
        truncated: text.truncated
      )
    }
    var vector: [Float]
    switch pooling {
    case .mean: vector = try mean(hidden, rows)
    case .first: vector = hidden.row(rows.lowerBound)
    }
    if isNormalized { encoder.kernels.normalize(&vector) }
    var spanVectors: [[Float]] = []
    for span in text.spans {
      guard !span.isEmpty else {
        spanVectors.append([])
        continue
      }
      let first = rows.lowerBound + span.lowerBound
      var vector = try mean(hidden, first..<first + span.count)
      encoder.kernels.normalize(&vector)
      spanVectors.append(vector)
    }
    return Output(
      vector: vector,
      spanVectors: spanVectors,
      tokenCount: rows.count,
      truncated: text.truncated
    )
  }

  private func mean(_ hidden: Matrix, _ rows: Range<Int>) throws(LanguageModelError) -> [Float] {
    do {
      return try encoder.kernels.mean(hidden, rows: rows)
    } catch {
      throw LanguageModelError(
        .invalidInput,
        "The token vectors cannot be pooled.",
        subject: "encoder",
        cause: error.message,
        remedy: error.remedy
      )
    }
  }
}
