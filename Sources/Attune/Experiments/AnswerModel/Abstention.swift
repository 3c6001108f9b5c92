import Evaluation
import Foundation
import LanguageModels

/// Measures whether a model's own confidence tells questions with an answer from those without.
struct Abstention {
  /// What came of a question.
  struct Result {
    var isAnswerable: Bool
    /// Whether the answer holds an accepted one; nil where none is known.
    var isRight: Bool?
    var confidence: Double
  }

  let name: String
  let results: [Result]

  /// Reads tasks.
  ///
  /// - Parameters:
  ///   - name: what the figures are called after.
  ///   - reads: what was read.
  ///   - choosing: how one answer is chosen among those of the passages.
  ///   - confidence: what the confidence is made of.
  init(
    _ name: String,
    _ reads: [ReadTask],
    choosing: AnswerEvidence,
    confidence: AnswerEvidence
  ) {
    self.name = name
    results = reads.map { read in
      let choice = choosing.choose(from: read)
      return Result(
        isAnswerable: read.task.isAnswerable,
        isRight: read.task.isAnswerable && read.task.answers.isEmpty
          ? nil
          : AnswerMetrics.contains(choice?.hypothesis.text ?? "", accepted: read.task.answers),
        confidence: Self.confidence(choice, of: read, confidence)
      )
    }
  }

  /// How sure the answer is: its own evidence, without that of passages that answer alike.
  static func confidence(
    _ choice: AnswerEvidence.Choice?,
    of read: ReadTask,
    _ evidence: AnswerEvidence
  ) -> Double {
    guard let choice else { return -100 }
    return evidence.evidence(
      choice.hypothesis,
      in: read.readings[choice.passage],
      of: read.task.passages[choice.passage]
    )
  }

  /// The area under the ROC curve over answerable questions against the others.
  func auroc() throws -> Double {
    try ConfidenceMetrics.auroc(
      results.map { ScoredOutcome(confidence: $0.confidence, isCorrect: $0.isAnswerable) }
    )
  }

  /// Adds the figures, and the curve of risk over coverage: an answer is wrong where there is none, and
  /// where it holds no accepted one.
  ///
  /// - Returns: the curve.
  func note(in report: inout ExperimentReport) throws -> RiskCoverageCurve {
    let curve = try RiskCoverageCurve(
      results.map {
        ScoredOutcome(confidence: $0.confidence, isCorrect: $0.isRight ?? $0.isAnswerable)
      }
    )
    var rows = [("\(name).auroc", "AUROC, answerable against not", try auroc())]
    if results.allSatisfy({ $0.isRight != nil }), results.contains(where: { $0.isRight == true }) {
      let outcomes = results.map {
        ScoredOutcome(confidence: $0.confidence, isCorrect: $0.isRight == true)
      }
      rows.append(
        ("\(name).auroc-right", "AUROC, right against wrong", try ConfidenceMetrics.auroc(outcomes))
      )
    }
    rows.append(("\(name).aurc", "area under risk and coverage", curve.area))
    for percent in [20, 40, 60, 80] {
      let point = curve.points.last { $0.coverage <= Double(percent) / 100 }
      guard let point else { continue }
      rows.append(("\(name).risk-\(percent)", "risk at coverage \(percent)%", point.risk))
    }
    let answerable = results.count { $0.isAnswerable }
    report.note(
      "\(name): abstention, \(answerable) answerable and \(results.count - answerable) other "
        + "questions",
      rows
    )
    return curve
  }
}
