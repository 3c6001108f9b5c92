import Evaluation
import Foundation
package import LanguageModels

/// What speaks for an answer, as one number: log-probability and, with weights, how little the model
/// believes that its passage has none, and how well the passage was found.
package struct AnswerEvidence: Hashable, Sendable {
  /// The weight of the answer's own log-probability.
  package var likelihood: Double
  /// The weight of the log-probability that there is no answer, which counts against it.
  package var none: Double
  /// The weight of the score that the passage was found with.
  package var retrieval: Double

  package init(likelihood: Double = 1, none: Double, retrieval: Double) {
    self.likelihood = likelihood
    self.none = none
    self.retrieval = retrieval
  }

  /// An answer chosen among those of several passages.
  package struct Choice: Sendable {
    package var passage: Int
    package var hypothesis: AnswerReading.Hypothesis
    /// What speaks for it, in this passage and in those that have the same answer.
    package var evidence: Double
  }

  /// The evidence for one hypothesis.
  package func evidence(
    _ hypothesis: AnswerReading.Hypothesis,
    in reading: AnswerReading,
    of passage: ReadingTask.Passage
  ) -> Double {
    likelihood * max(hypothesis.logProbability, Self.least)
      - none * max(reading.logProbabilityOfNone, Self.least) + retrieval * passage.score
  }

  /// The answer that most speaks for; the evidence of passages that answer alike adds up, as
  /// probabilities do. Nil where no passage has an answer.
  package func choose(from read: ReadTask) -> Choice? {
    var sums: [String: Double] = [:]
    var best: [String: Choice] = [:]
    for (index, reading) in read.readings.enumerated() {
      for hypothesis in reading.hypotheses {
        let key = AnswerMetrics.normalized(hypothesis.text)
        let evidence = evidence(hypothesis, in: reading, of: read.task.passages[index])
        sums[key] = sums[key].map { Self.logSum($0, evidence) } ?? evidence
        if evidence > best[key]?.evidence ?? -.infinity {
          best[key] = Choice(passage: index, hypothesis: hypothesis, evidence: evidence)
        }
      }
    }
    guard
      let key = sums.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      var choice = best[key], let sum = sums[key]
    else { return nil }
    choice.evidence = sum
    return choice
  }

  /// Log-probabilities below count as this one.
  private static let least = -20.0

  private static func logSum(_ first: Double, _ second: Double) -> Double {
    let top = max(first, second)
    return top + log(exp(first - top) + exp(second - top))
  }
}

extension AnswerEvidence: CustomStringConvertible {
  package var description: String {
    "likelihood \(likelihood), none \(none), retrieval \(retrieval)"
  }
}

extension AnswerEvidence {
  /// For an answer among those of several passages, unless `--fit` chooses anew.
  static let choosing = AnswerEvidence(none: 0.5, retrieval: 4)
  /// For how sure an answer is: how little the model believes that there is none. On validation questions
  /// with given passages that tells those with an answer (AUROC 0.84) better than any mixture with the
  /// answer's own probability (0.69 to 0.81).
  static let confidence = AnswerEvidence(likelihood: 0, none: 1, retrieval: 0)
}
