import Datasets
import Evaluation
import Foundation
import Knowledge
import LanguageModels

/// Chooses how the readings of several passages become one answer, and what its confidence is made of, on
/// validation questions: people's questions that the model was not trained on.
struct AnswerModelFit {
  let recipe: AnswerModelRecipe
  /// The pool that holds the paragraphs of the validation questions.
  let pool: WorkspaceSession
  let model: AnswerModel
  let progress: (String) -> Void

  private static let noneWeights = [0, 0.25, 0.5, 1]
  private static let retrievalWeights = [0.0, 1, 2, 4, 8, 16]

  /// A question with the passages found for it, and with those found where its document is not there.
  private struct Pair {
    var found: ReadTask
    var missing: ReadTask
  }

  /// - Returns: the weights chosen, which are reported as well.
  func fit(
    into report: inout ExperimentReport
  ) throws -> (choosing: AnswerEvidence, confidence: AnswerEvidence) {
    let examples = try AnswerModelData(recipe, progress: progress).validation
    progress("validation: reading \(examples.count) given passages")
    let given = try examples.compactMap { try task($0)?.read(by: model) }
    let questions = examples.filter { $0.kind == "qed" && $0.answer != nil }
    progress("validation: finding and reading passages for \(questions.count) questions")
    let pairs = try questions.map(pair)

    var table = TextTable(columns: [
      .init("weight of none", .trailing), .init("weight of retrieval", .trailing),
      .init("F1, five passages found", .trailing),
    ])
    var choosing = (evidence: AnswerEvidence.choosing, f1: -1.0)
    for none in Self.noneWeights {
      for retrieval in Self.retrievalWeights {
        let evidence = AnswerEvidence(none: none, retrieval: retrieval)
        let f1 = f1(pairs.map(\.found), evidence)
        table.rows.append(["\(none)", "\(retrieval)", String(format: "%.4f", f1)])
        if f1 > choosing.f1 { choosing = (evidence, f1) }
      }
    }
    report.tables.append(("Validation: choosing among passages", table))
    let confidence = try confidence(given, pairs, choosing.evidence, into: &report)
    report.remarks.append(
      "Chosen on validation: choosing by \(choosing.evidence); confidence by \(confidence)."
    )
    return (choosing.evidence, confidence)
  }

  private func confidence(
    _ given: [ReadTask],
    _ pairs: [Pair],
    _ choosing: AnswerEvidence,
    into report: inout ExperimentReport
  ) throws -> AnswerEvidence {
    var table = TextTable(columns: [
      .init("likelihood", .trailing), .init("none", .trailing), .init("retrieval", .trailing),
      .init("AUROC, given passages", .trailing), .init("AUROC, found passages", .trailing),
    ])
    var best = (evidence: AnswerEvidence.confidence, area: -1.0)
    let found = pairs.flatMap { [$0.found, $0.missing] }
    for likelihood in [0.0, 0.5, 1] {
      for none in Self.noneWeights where likelihood + none > 0 {
        for retrieval in Self.retrievalWeights {
          let evidence = AnswerEvidence(likelihood: likelihood, none: none, retrieval: retrieval)
          let areas = try [given, found].map {
            try Abstention("validation", $0, choosing: choosing, confidence: evidence).auroc()
          }
          table.rows.append(
            ["\(likelihood)", "\(none)", "\(retrieval)"] + areas.map { String(format: "%.4f", $0) }
          )
          let mean = areas.reduce(0, +) / Double(areas.count)
          if mean > best.area { best = (evidence, mean) }
        }
      }
    }
    report.tables.append(("Validation: confidence", table))
    return best.evidence
  }

  private func task(_ example: ReadingExample) -> ReadingTask? {
    example.passage.map { passage in
      ReadingTask(
        id: example.question,
        question: example.question,
        passages: [ReadingTask.Passage(text: passage)],
        answers: example.answer.map { [$0] } ?? [],
        isAnswerable: example.answer != nil
      )
    }
  }

  private func pair(_ example: ReadingExample) throws -> Pair {
    let finder = RetrievedPassages(session: pool)
    let question = Question(
      id: example.question,
      question: example.question,
      answers: example.answer.map { [$0] } ?? []
    )
    let title = String(example.source.drop { $0 != ":" }.dropFirst())
    var missing = try finder.task(for: question) { $0.document.title == title }.task
    missing.isAnswerable = false
    return Pair(
      found: try finder.task(for: question).task.read(by: model),
      missing: try missing.read(by: model)
    )
  }

  private func f1(_ reads: [ReadTask], _ evidence: AnswerEvidence) -> Double {
    guard !reads.isEmpty else { return 0 }
    let sum = reads.reduce(0) { sum, read in
      let text = evidence.choose(from: read)?.hypothesis.text ?? ""
      return sum + AnswerMetrics.f1(text, accepted: read.task.answers)
    }
    return sum / Double(reads.count)
  }
}
