import Foundation
public import Kernels

/// Chooses tokens from logits. The same settings and the same calls give the same tokens.
public struct Sampler: Sendable {
  /// How tokens are chosen.
  public let settings: SamplingSettings

  private let kernels: KernelSet
  private var random: SeededGenerator

  /// How many of the likeliest tokens are looked at first, where not all can be: those that a
  /// constraint is asked about, and those that are ranked for top-p.
  private static let few = 256

  /// A sampler that has drawn nothing yet.
  ///
  /// - Parameters:
  ///   - settings: how tokens are chosen.
  ///   - kernels: what does the arithmetic.
  /// - Throws: `LanguageModelError` with code `invalidInput` if the settings make no sense.
  public init(_ settings: SamplingSettings, kernels: KernelSet) throws(LanguageModelError) {
    try settings.check()
    self.settings = settings
    self.kernels = kernels
    random = SeededGenerator(seed: settings.seed)
  }

  /// Chooses the next token.
  ///
  /// Of what a constraint allows, those among the 256 likeliest tokens can be chosen; where none of
  /// these is allowed, all that are.
  ///
  /// - Parameters:
  ///   - logits: [vocabulary], those after the last token.
  ///   - history: all tokens so far, for the repetition penalty.
  ///   - isAllowed: whether a token may be chosen; all may if `nil`.
  /// - Returns: the token, or `nil` if none is allowed or no logit is a number.
  public mutating func choose(
    _ logits: [Float],
    history: [Int32],
    where isAllowed: ((Int32) -> Bool)? = nil
  ) -> GeneratedToken? {
    guard let best = kernels.argmax(logits), logits[best].isFinite else { return nil }
    let scores = penalize(logits, history: history)
    let chosen =
      settings.temperature == 0
      ? likeliest(scores, isAllowed) : draw(scores, isAllowed)
    guard let chosen else { return nil }
    // Σ exp(logit − best) is the inverse of the best one's probability.
    let share = probabilities(logits, temperature: 1)[best]
    return GeneratedToken(
      id: Int32(chosen),
      logProbability: logits[chosen] - logits[best] + logf(share)
    )
  }

  private func penalize(_ logits: [Float], history: [Int32]) -> [Float] {
    let penalty = settings.repetitionPenalty
    guard penalty != 1 else { return logits }
    var scores = logits
    for token in Set(history.suffix(settings.repetitionWindow ?? history.count)) {
      let index = Int(token)
      guard scores.indices.contains(index) else { continue }
      scores[index] = logits[index] > 0 ? logits[index] / penalty : logits[index] * penalty
    }
    return scores
  }

  private func probabilities(_ scores: [Float], temperature: Float) -> [Float] {
    let matrix = Matrix(rows: 1, columns: scores.count)
    matrix.withRow(0) { row in
      for index in row.indices { row[index] = scores[index].isNaN ? -.infinity : scores[index] }
    }
    kernels.softmax(matrix, scale: 1 / temperature)
    return matrix.row(0)
  }

  private func likeliest(_ scores: [Float], _ isAllowed: ((Int32) -> Bool)?) -> Int? {
    guard let isAllowed else { return kernels.argmax(scores) }
    return allowed(scores, isAllowed).first?.index
  }

  /// The allowed ones of the likeliest tokens, in order; of all tokens, if there is none.
  private func allowed(_ scores: [Float], _ isAllowed: @escaping (Int32) -> Bool) -> [Ranked] {
    let first = TopK.select(scores, Self.few).filter { isAllowed(Int32($0.index)) }
    return first.isEmpty
      ? TopK.select(scores, Self.few, where: { isAllowed(Int32($0)) }) : first
  }

  private mutating func draw(_ scores: [Float], _ isAllowed: ((Int32) -> Bool)?) -> Int? {
    var candidates = candidates(scores, isAllowed)
    if let topP = settings.topP, topP < 1 { Self.keep(topP, of: &candidates) }
    candidates.removeAll { $0.index < 0 }
    if let minP = settings.minP {
      let least = minP * (candidates.lazy.map(\.score).max() ?? 0)
      candidates.removeAll { $0.score < least }
    }
    var place = random.unit() * candidates.reduce(0) { $0 + Double($1.score) }
    for candidate in candidates {
      place -= Double(candidate.score)
      if place < 0 { return candidate.index }
    }
    // Rounding may leave a last bit of the way.
    return candidates.last?.index
  }

  /// The tokens that can be drawn after top-k, with their probabilities; the likeliest first where
  /// their order matters.
  private func candidates(_ scores: [Float], _ isAllowed: ((Int32) -> Bool)?) -> [Ranked] {
    if let isAllowed {
      // What is allowed may be far from likely: only the distances among it matter.
      let ranked = allowed(scores, isAllowed).prefix(settings.topK ?? Self.few)
      let highest = ranked.first?.score ?? 0
      return ranked.map { entry in
        var entry = entry
        entry.score = expf((entry.score - highest) / settings.temperature)
        return entry
      }
    }
    let probabilities = probabilities(scores, temperature: settings.temperature)
    if let topK = settings.topK { return TopK.select(probabilities, topK) }
    guard let topP = settings.topP, topP < 1 else {
      return probabilities.enumerated().map { Ranked(index: $0.offset, score: $0.element) }
    }
    var count = Self.few
    while count < probabilities.count {
      let ranked = TopK.select(probabilities, count)
      if ranked.reduce(0, { $0 + $1.score }) > topP { return ranked + [Self.rest(ranked)] }
      count *= 8
    }
    return TopK.select(probabilities, probabilities.count)
  }

  /// Stands for all less likely tokens, so that the probabilities add up to one; top-p drops it.
  private static func rest(_ ranked: [Ranked]) -> Ranked {
    Ranked(index: -1, score: max(0, 1 - ranked.reduce(0) { $0 + $1.score }))
  }

  /// Keeps the first candidates that together reach a share of all.
  private static func keep(_ share: Float, of candidates: inout [Ranked]) {
    let enough = Double(share) * candidates.reduce(0) { $0 + Double($1.score) }
    var sum = 0.0
    for (index, candidate) in candidates.enumerated() {
      sum += Double(candidate.score)
      guard sum >= enough else { continue }
      candidates.removeLast(candidates.count - index - 1)
      return
    }
  }
}
