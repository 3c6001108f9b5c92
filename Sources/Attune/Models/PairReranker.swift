import FineTuning
import Foundation
import Knowledge
import LanguageModels
import Synchronization
import Tokenizers

/// A tuned cross-encoder in the role of the reranker.
///
/// It is loaded on a thread of its own, beside the embedder; what is wrong with it is told when it is
/// first used.
final class PairReranker: PassageReranker {
  let identity: String
  let weight: Double
  private let scorer: BackgroundValue<SharedScorer>

  /// A scorer serves one thread at a time.
  private final class SharedScorer: Sendable {
    let scorer: Mutex<PairScorer>

    init(_ make: () throws -> sending PairScorer) throws { scorer = Mutex(try make()) }
  }

  /// Starts loading an adapter of a reranker.
  ///
  /// - Parameters:
  ///   - record: what is known of it.
  ///   - library: where it is.
  ///   - folder: the base model's folder.
  init(_ record: AdapterRecord, in library: AdapterLibrary, base folder: URL) {
    identity = "\(record.baseModel) + \(record.name)"
    weight = record.strength ?? 1
    scorer = BackgroundValue {
      try SharedScorer {
        let model = try library.rerankerTraining(record, base: folder)
        return try PairScorer(
          model.encoder,
          tokenizer: Tokenizer.load(folder: folder),
          settings: record.ranking ?? RankingSettings()
        )
      }
    }
  }

  func probabilities(question: String, passages: [String]) throws -> [Double] {
    try scorer.value().scorer.withLock {
      try $0.probabilities(question: question, passages: passages)
    }
  }
}

extension PairScorer {
  /// The probability of each passage that it answers the question.
  func probabilities(question: String, passages: [String]) throws -> [Double] {
    try scores(question: question, passages: passages).map { 1 / (1 + exp(-Double($0))) }
  }
}

extension AdapterLibrary {
  static let classifierName = "classifier.safetensors"

  /// A reranker with an adapter's numbers, ready to score or to be trained further.
  ///
  /// - Parameters:
  ///   - record: what is known of the adapter.
  ///   - folder: the base model's folder.
  /// - Returns: the model.
  /// - Throws: ``AttuneError`` with code `adapterUnknown` where it is no reranker's; what is wrong with its
  ///   files; `LanguageModelError` where it was trained on another model.
  func rerankerTraining(_ record: AdapterRecord, base folder: URL) throws -> RerankerTraining {
    guard record.role == .reranker, let settings = record.settings, let shape = settings.adapter
    else {
      throw AttuneError(
        .adapterUnknown,
        "\(record.name) is no adapter of a reranker.",
        subject: record.name,
        remedy: "See 'attune adapters list'."
      )
    }
    let adapter = try adapter(record.name)
    try adapter.baseFingerprint?.require(folder, adapter: adapter)
    let model = try RerankerTraining(folder: folder, method: .lowRank(shape), seed: settings.seed)
    try model.encoder.start(from: adapter)
    try model.readClassifier(from: place(of: record.name).appending(path: Self.classifierName))
    return model
  }
}
