import Answering
import Foundation
import LanguageModels
import ModelCatalog
import Tokenizers

/// An answer model in the role of the reader, and, from memory alone, of the generator.
///
/// It is loaded on a thread of its own, beside the embedder; what is wrong with it is told when it is
/// first used.
final class AnswerModelReader: PassageReader, TextGenerator {
  let name: String
  private let model: BackgroundValue<AnswerModel>

  /// What is said from memory where the model takes it for likelier that it does not know.
  static let unknown = "I do not know."

  /// Starts loading a model.
  ///
  /// - Parameters:
  ///   - folder: the answer model's folder.
  ///   - name: the name that answers and traces carry.
  ///   - library: where its base is looked for.
  ///   - adapter: reads what is added to its weights, if anything.
  init(
    folder: URL,
    name: String,
    library: ModelLibrary,
    adapter: @escaping @Sendable () throws -> LowRankAdapter? = { nil }
  ) {
    self.name = name
    model = BackgroundValue {
      try AnswerModel(
        folder: folder,
        base: library.base(ofAnswerModelAt: folder).folder,
        adapter: adapter()
      )
    }
  }

  func calibration() throws -> [String: Double] { try model.value().calibration }

  func read(_ question: String, passages: [String]) throws -> [PassageReading] {
    try model.value().read(question, passages: passages).map(PassageReading.init)
  }

  func recall(_ question: String) throws -> PassageReading {
    PassageReading(try model.value().recall(question))
  }

  /// Not known before the model is loaded, and not needed: questions that are longer are cut.
  var contextLength: Int? { nil }

  /// Answers the last thing that the user said, from memory; temperature and limits do not apply.
  func generate(
    _ request: GenerationRequest,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> Answering.GenerationResult {
    let question = request.messages.last { $0.role == .user }?.content ?? ""
    let reading = try recall(question)
    let best = reading.replies.first
    let knows = (best?.logProbability ?? -.infinity) > reading.logProbabilityOfNone
    let text = knows ? best?.text ?? Self.unknown : Self.unknown
    try await onText(text)
    let written = try model.value().countTokens(text)
    return Answering.GenerationResult(
      text: text,
      finish: .stop,
      usage: .init(
        promptTokens: max(0, reading.tokens - written),
        completionTokens: written
      )
    )
  }
}

extension AnswerModel {
  fileprivate func countTokens(_ text: String) -> Int {
    tokenizer.ids(of: text, addSpecialTokens: false, recognizesSpecialTokens: false).count
  }
}

extension PassageReading {
  init(_ reading: AnswerReading) {
    self.init(
      replies: reading.hypotheses.map(Reply.init),
      logProbabilityOfNone: reading.logProbabilityOfNone,
      tokens: reading.tokens
    )
  }
}

extension PassageReading.Reply {
  init(_ hypothesis: AnswerReading.Hypothesis) {
    let copied = hypothesis.pieces.compactMap { piece -> Range<Int>? in
      if case .copied(let range) = piece { range } else { nil }
    }
    self.init(
      text: hypothesis.text,
      copied: copied,
      isVerbatim: copied.count == 1 && hypothesis.pieces.count == 1,
      logProbability: hypothesis.logProbability
    )
  }
}
