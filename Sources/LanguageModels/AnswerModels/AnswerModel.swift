public import Foundation
public import Kernels
import Synchronization
package import Tokenizers

/// A model that answers questions from passages, or from memory, in its own words and the passages'.
///
/// It belongs to a base model of the BERT family, whose embeddings it uses: question and passage are
/// read in both directions, the answer is written token by token, each copied from the passage or
/// taken from the vocabulary. Copied runs are contiguous and are given in the passage's own
/// characters, so that they are citations.
///
/// Reading blocks the calling thread, shares its work among the pool's threads, and may be called from
/// several threads at once.
public final class AnswerModel: Sendable {
  /// Numbers from `config.json` for turning log-probabilities into confidences, by name.
  public let calibration: [String: Double]
  /// The most tokens of an answer.
  public var maximumAnswerTokens: Int { limits.answerTokens }

  package let network: AnswerNetwork
  package let tokenizer: Tokenizer
  package let tokens: AnswerTokens
  package let limits: AnswerLimits
  private let vocabulary: AnswerVocabulary

  /// Tokens and number of prompts that are read in one batch, which bound the memory of a reading.
  private static let batchTokens = 4096
  private static let batchPrompts = 32

  /// Reads an answer model.
  ///
  /// - Parameters:
  ///   - folder: the answer model's folder, with `config.json` and `model.safetensors`.
  ///   - base: the folder of the base model that it was trained on, with its tokenizer.
  ///   - adapter: what is added to the answer model's weights, if anything.
  ///   - kernels: the kernels to use; those of the process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError` if a file is absent or damaged, or the parts do not belong
  ///   together; `TokenizerError` or `KernelError` as the tokenizer or the kernels do.
  public init(
    folder: URL,
    base: URL,
    adapter: LowRankAdapter? = nil,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    let settings = try AnswerModelSettings(folder.appendingPathComponent("config.json"))
    if let adapter, let trained = adapter.baseFingerprint {
      try trained.require(folder, adapter: adapter)
    }
    let configuration = try BertConfiguration(base.appendingPathComponent("config.json"))
    try Self.check(configuration, hiddenSize: settings.hiddenSize, base: base, folder: folder)
    let kernels = try kernels ?? KernelSet.active()
    // The base is checked and its tokenizer read while the weights are packed.
    let readTokenizer = Mutex<Tokenizer?>(nil)
    let readNetwork = Mutex<AnswerNetwork?>(nil)
    try pool.run(parts: 2) { part in
      if part == 0 {
        try settings.require(base: base)
        let tokenizer = try Tokenizer.load(folder: base)
        readTokenizer.withLock { $0 = tokenizer }
      } else {
        let network = try AnswerNetwork(
          configuration: configuration,
          base: SafetensorsFile(base.appendingPathComponent("model.safetensors")),
          answer: SafetensorsFile(folder.appendingPathComponent("model.safetensors")),
          adapter: adapter,
          kernels: kernels,
          pool: pool
        )
        readNetwork.withLock { $0 = network }
      }
    }
    guard let tokenizer = readTokenizer.withLock({ $0 }),
      let network = readNetwork.withLock({ $0 })
    else { preconditionFailure("both parts ran without an error") }
    guard tokenizer.idLimit <= configuration.vocabularySize else {
      throw LanguageModelError(
        .malformedConfiguration,
        "The tokenizer has ids up to \(tokenizer.idLimit - 1), the model knows "
          + "\(configuration.vocabularySize).",
        subject: base.path,
        remedy: LanguageModelError.getItAgain
      )
    }
    self.tokenizer = tokenizer
    self.network = network
    tokens = try AnswerTokens(tokenizer)
    limits = AnswerLimits(positions: configuration.maximumPositions)
    vocabulary = AnswerVocabulary(tokenizer, size: configuration.vocabularySize)
    calibration = settings.calibration ?? [:]
  }

  private static func check(
    _ configuration: BertConfiguration,
    hiddenSize: Int,
    base: URL,
    folder: URL
  ) throws(LanguageModelError) {
    guard hiddenSize == configuration.hiddenSize else {
      throw LanguageModelError(
        .weightMismatch,
        "The answer model has \(hiddenSize) floats per token, the base model "
          + "\(configuration.hiddenSize).",
        subject: folder.path,
        remedy: "Give the base model that the answer model's config.json names."
      )
    }
    guard configuration.maximumPositions >= AnswerLimits.fewestPositions else {
      throw LanguageModelError(
        .unsupportedModel,
        "The base model has \(configuration.maximumPositions) positions, which leave no room for a "
          + "passage and an answer.",
        subject: base.path,
        remedy: "Use a base model with at least \(AnswerLimits.fewestPositions) positions."
      )
    }
  }

  /// Reads passages, each by itself, for the answer to a question.
  ///
  /// A passage longer than a window of the model is read in windows that overlap; the one with the
  /// likeliest answer counts. Questions beyond 64 tokens are cut.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - passages: the passages; any text.
  ///   - settings: how answers are searched for.
  /// - Returns: one reading per passage, in order.
  /// - Throws: `LanguageModelError` if the model cannot be run.
  public func read(
    _ question: String,
    passages: [String],
    settings: AnswerDecoding = AnswerDecoding()
  ) throws -> [AnswerReading] {
    var prompts: [AnswerPrompt] = []
    var passageOfPrompt: [Int] = []
    for (index, passage) in passages.enumerated() {
      let windows = AnswerPrompt.windows(
        question: question,
        passage: passage,
        tokenizer: tokenizer,
        tokens: tokens,
        limits: limits
      )
      prompts += windows
      passageOfPrompt += windows.map { _ in index }
    }
    let results = try search(prompts, settings)
    var readings: [AnswerReading] = []
    var text = PassageText("")
    for (index, passage) in passageOfPrompt.enumerated() {
      let isFirst = index == 0 || passageOfPrompt[index - 1] != passage
      if isFirst { text = PassageText(passages[passage]) }
      let reading = reading(results[index], prompts[index], text, settings)
      if isFirst {
        readings.append(reading)
      } else {
        readings[passage] = readings[passage].joined(with: reading)
      }
    }
    return readings
  }

  /// Answers a question from memory: the same model without a passage.
  ///
  /// - Parameters:
  ///   - question: the question; cut at 64 tokens.
  ///   - settings: how answers are searched for.
  /// - Returns: answers whose pieces are all generated.
  /// - Throws: `LanguageModelError` if the model cannot be run.
  public func recall(
    _ question: String,
    settings: AnswerDecoding = AnswerDecoding()
  ) throws -> AnswerReading {
    let prompt = AnswerPrompt(
      question: question,
      tokenizer: tokenizer,
      tokens: tokens,
      limits: limits
    )
    return reading(try search([prompt], settings)[0], prompt, PassageText(""), settings)
  }

  private func search(
    _ prompts: [AnswerPrompt],
    _ settings: AnswerDecoding
  ) throws -> [AnswerSearch.Result] {
    let search = AnswerSearch(
      network: network,
      tokens: tokens,
      vocabulary: vocabulary,
      settings: settings,
      maximumTokens: min(max(settings.maximumTokens, 1), limits.answerTokens)
    )
    var results: [AnswerSearch.Result] = []
    var batch: [AnswerPrompt] = []
    var count = 0
    for prompt in prompts {
      if batch.count == Self.batchPrompts || count + prompt.ids.count > Self.batchTokens {
        results += try search.run(batch)
        batch = []
        count = 0
      }
      batch.append(prompt)
      count += prompt.ids.count
    }
    results += try search.run(batch)
    guard results.allSatisfy({ !$0.logProbabilityOfNone.isNaN }) else {
      throw LanguageModelError(
        .malformedWeights,
        "The answer model computes values that are no numbers.",
        subject: "answer model",
        remedy: LanguageModelError.getItAgain
      )
    }
    return results
  }

  private func reading(
    _ result: AnswerSearch.Result,
    _ prompt: AnswerPrompt,
    _ passage: PassageText,
    _ settings: AnswerDecoding
  ) -> AnswerReading {
    let answers = result.finished.map { branch in
      (
        text: AnswerText(
          branch.tokens,
          prompt: prompt,
          passage: passage,
          vocabulary: vocabulary
        ),
        logProbability: branch.logProbability
      )
    }
    return AnswerReading(
      hypotheses: Array(AnswerReading.merged(answers).prefix(settings.usableHypotheses)),
      logProbabilityOfNone: result.logProbabilityOfNone,
      tokens: result.tokens
    )
  }
}
