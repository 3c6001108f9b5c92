import Foundation

extension AnswerReading {
  /// Answers that say the same as one, best first.
  ///
  /// Their probabilities add up. Shown is the likeliest that copies, as it has a citation, of those
  /// that copy the same range first counted together; the likeliest of all where none copies.
  static func merged(_ answers: [(text: AnswerText, logProbability: Double)]) -> [Hypothesis] {
    var order: [String] = []
    var groups: [String: [(text: AnswerText, logProbability: Double)]] = [:]
    for answer in answers where !answer.text.text.isEmpty {
      if groups[answer.text.key] == nil { order.append(answer.text.key) }
      groups[answer.text.key, default: []].append(answer)
    }
    let hypotheses = order.compactMap { key -> Hypothesis? in
      let answers = groups[key] ?? []
      let copying = answers.filter { $0.text.firstRange != nil }
      guard let shown = likeliest(copying.isEmpty ? answers : copying) else { return nil }
      return Hypothesis(
        pieces: shown.pieces,
        text: shown.text,
        logProbability: logSum(answers.map(\.logProbability))
      )
    }
    let indices = hypotheses.indices.sorted {
      (hypotheses[$1].logProbability, $0) < (hypotheses[$0].logProbability, $1)
    }
    return indices.map { hypotheses[$0] }
  }

  private static func likeliest(
    _ answers: [(text: AnswerText, logProbability: Double)]
  ) -> AnswerText? {
    let byRange = Dictionary(grouping: answers.indices) { answers[$0].text.firstRange }
    let best = byRange.values.max { left, right in
      let sums = [left, right].map { logSum($0.map { answers[$0].logProbability }) }
      return (sums[0], right[0]) < (sums[1], left[0])
    }
    return best?.max { answers[$0].logProbability < answers[$1].logProbability }
      .map { answers[$0].text }
  }

  /// log Σ exp.
  private static func logSum(_ values: [Double]) -> Double {
    let top = values.max() ?? -.infinity
    return top + log(values.reduce(0) { $0 + exp($1 - top) })
  }

  /// Of two windows of a passage the reading that counts: the one with the likelier answer, or where
  /// neither has one, that which is less sure that there is none.
  func joined(with other: AnswerReading) -> AnswerReading {
    let score = { (reading: AnswerReading) in
      (
        reading.hypotheses.first?.logProbability ?? -.infinity, -reading.logProbabilityOfNone
      )
    }
    var best = score(other) > score(self) ? other : self
    best.tokens = tokens + other.tokens
    return best
  }
}

extension AnswerText {
  /// The first range that is copied.
  var firstRange: Range<Int>? {
    for case .copied(let range) in pieces { return range }
    return nil
  }
}
