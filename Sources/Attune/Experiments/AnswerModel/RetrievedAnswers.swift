import Evaluation
import Foundation
import LanguageModels

/// Measures answers to questions whose passages Attune finds itself, in a pool with many others.
struct RetrievedAnswers {
  /// What came of a question.
  struct Result {
    var read: ReadTask
    var choice: AnswerEvidence.Choice?
    var exactMatch: Bool
    var f1: Double
    /// Whether a paragraph that answers was among those read.
    var wasFound: Bool
  }

  var results: [Result]

  /// Asks XQuAD's questions of the pool that holds its paragraphs.
  ///
  /// - Parameters:
  ///   - file: XQuAD.
  ///   - pool: the pool's folder.
  ///   - limit: how many questions are asked; all if nil.
  ///   - session: the pool, taken in.
  ///   - model: the model.
  ///   - evidence: how one answer is chosen among those of the passages.
  ///   - progress: told how far it is.
  /// - Throws: `EvaluationError` where the data cannot be read, or what search and model throw.
  init(
    of file: URL,
    pool: URL,
    limit: Int?,
    in session: WorkspaceSession,
    readBy model: AnswerModel,
    evidence: AnswerEvidence,
    progress: (String) -> Void
  ) throws {
    let questions = try SQuADFile(reading: file).questions.sample(limit)
    let places = Dictionary(
      try BEIRDataset(reading: pool, split: "test").queries.map { ($0.id, Set($0.grades.keys)) },
      uniquingKeysWith: { $0.union($1) }
    )
    let finder = RetrievedPassages(session: session)
    results = []
    for question in questions {
      let (task, keys) = try finder.task(for: question)
      let wanted = places["xquad-\(question.id)"] ?? []
      results.append(
        Result(
          try task.read(by: model),
          evidence,
          wasFound: keys.contains { wanted.contains(String($0.drop { $0 != "/" }.dropFirst())) }
        )
      )
      if results.count % 100 == 0 { progress("retrieved: \(results.count) of \(questions.count)") }
    }
  }

  /// Mean F1 over all questions.
  var f1: Double {
    results.isEmpty ? 0 : results.reduce(0) { $0 + $1.f1 } / Double(results.count)
  }

  /// Adds the figures, beside F1 with the gold passages where that is known.
  func note(gold: Double?, in report: inout ExperimentReport) {
    guard !results.isEmpty else { return }
    func share(_ holds: (Result) -> Bool) -> Double {
      Double(results.count(where: holds)) / Double(results.count)
    }
    var rows = [
      ("retrieved.em", "exact match", share(\.exactMatch)), ("retrieved.f1", "F1", f1),
      ("retrieved.found", "the paragraph is among those read", share(\.wasFound)),
    ]
    if let gold, gold > 0 {
      rows.append(("retrieved.share", "share of the gold passages' F1", f1 / gold))
    }
    report.note("Five retrieved passages: \(results.count) questions", rows)
  }
}

extension RetrievedAnswers.Result {
  init(_ read: ReadTask, _ evidence: AnswerEvidence, wasFound: Bool) {
    let choice = evidence.choose(from: read)
    let text = choice?.hypothesis.text ?? ""
    self.init(
      read: read,
      choice: choice,
      exactMatch: AnswerMetrics.exactMatch(text, accepted: read.task.answers),
      f1: AnswerMetrics.f1(text, accepted: read.task.answers),
      wasFound: wasFound
    )
  }
}
