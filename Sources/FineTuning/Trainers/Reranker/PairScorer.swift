import Kernels
import LanguageModels
public import Tokenizers

/// Scores passages by how surely they answer a question, reading both together.
///
/// Slower and more exact than vectors: for the best few dozen hits of a search, to put them in a better
/// order. Used by one thread at a time.
public final class PairScorer {
  private let encoder: TrainableEncoder
  private let tokenizer: Tokenizer
  private let settings: RankingSettings

  /// A scorer.
  ///
  /// - Parameters:
  ///   - encoder: the model, made to score pairs.
  ///   - tokenizer: its tokenizer.
  ///   - settings: how much of a question and a passage is read, as in training, and how much at once.
  /// - Throws: ``FineTuningError`` with code `unsuitableModel` if the model has no head for pairs.
  public init(
    _ encoder: TrainableEncoder,
    tokenizer: Tokenizer,
    settings: RankingSettings = RankingSettings()
  ) throws(FineTuningError) {
    guard encoder.head != nil else {
      throw FineTuningError(
        .unsuitableModel,
        "The model was not made to score pairs.",
        subject: "model",
        remedy: "Train it as a reranker."
      )
    }
    try settings.validate()
    self.encoder = encoder
    self.tokenizer = tokenizer
    self.settings = settings
  }

  /// The score of each passage: the logit that it answers the question.
  ///
  /// - Throws: ``FineTuningError`` if the tokenizer and the model do not belong together.
  public func scores(question: String, passages: [String]) throws -> [Float] {
    let limit = encoder.configuration.maximumPositions
    let asked = tokenizer.encode(
      question,
      maximumLength: min(settings.questionTokens, limit / 2)
    ).ids
    let room = min(settings.passageTokens, limit - asked.count)
    let pairs = passages.map { passage in
      PairText(question: asked, passage: tokenizer.encode(passage, maximumLength: room).ids)
    }
    var scores: [Float] = []
    var part: [PairText] = []
    var tokens = 0
    for pair in pairs {
      if !part.isEmpty, tokens + pair.ids.count > settings.tokensPerPass {
        scores += try encoder.pairScores(part)
        part = []
        tokens = 0
      }
      part.append(pair)
      tokens += pair.ids.count
    }
    return try scores + encoder.pairScores(part)
  }
}

extension TrainableEncoder {
  /// The logit of each pair.
  func pairScores(_ pairs: [PairText]) throws -> [Float] {
    guard let head, !pairs.isEmpty else { return [] }
    let tape = tape(isRecording: false)
    let (hidden, segments) = try hidden(pairs.map(\.ids), types: pairs.map(\.types), tape)
    let scores = try head.scores(hidden, segments: segments, tape).value
    return (0..<pairs.count).map { scores.row($0)[0] }
  }
}
