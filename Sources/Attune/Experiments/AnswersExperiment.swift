import Answering
import Evaluation
import Foundation
import Knowledge
import ModelCatalog

/// Measures the answers that need no language model on the example company: do they contain an accepted
/// answer, is the short answer right, does Attune abstain where the data holds none, are calculations
/// told apart.
struct AnswersExperiment {
  let experiment: Experiment
  let collections: ExperimentCollections
  let progress: @Sendable (String) -> Void

  /// A question with what came of it.
  private struct Result {
    let question: Question
    let answer: Answer

    /// Whether the answer shown holds an accepted answer.
    var isCorrect: Bool {
      answer.outcome == .answered
        && AnswerMetrics.contains(answer.text, accepted: question.answers)
    }

    /// Whether the short answer holds an accepted answer.
    var isShortCorrect: Bool {
      answer.shortAnswer.map { AnswerMetrics.contains($0.text, accepted: question.answers) }
        ?? false
    }
  }

  /// What answers.
  private struct Setup {
    var settings = AnswerSettings()
    var calibration = AnswerCalibration.standard
    /// Nil where answers are quotes alone.
    let reader: (any PassageReader)?
  }

  func run(fitting: Bool) throws -> ExperimentReport {
    let folder = try experiment.place("example")
    let session = try collections.example(at: folder, named: "example")
    let questions = try QuestionFile.read(
      folder.appending(path: "questions").appending(path: "questions.jsonl")
    )
    var report = ExperimentReport(
      outcome: ExperimentOutcome(experiment: experiment, figures: [:]),
      tables: [],
      plots: [:],
      remarks: []
    )
    var setup = Setup(reader: reader())
    if fitting {
      let fit = try AnswerFit(session: session, reader: setup.reader, progress: progress).fit(
        training: questions.filter { $0.split == "train" },
        validation: questions.filter { $0.split == "validation" }
      )
      setup.calibration = fit.calibration
      setup.settings.minimumConfidence = fit.minimumConfidence
      report.remarks.append("Fitted:\n\n```\n\(fit.description)\n```")
    }
    let test = questions.filter { $0.split == "test" }
    progress("asking \(test.count) questions")
    let results = try ask(test, in: session, of: setup)
    try measurePool(setup, into: &report)
    try measure(results, into: &report)
    return report
  }

  /// The answer model where there is one, unless the experiment is about quotes alone.
  private func reader() -> (any PassageReader)? {
    let library = ModelLibrary()
    guard experiment.settings["generator"]?.text != "extractive",
      let model = library.answerModel()
    else { return nil }
    return AnswerModelReader(
      folder: model.folder,
      name: ModelLibrary.answerModelName,
      library: library
    )
  }

  private func ask(
    _ questions: [Question],
    in session: WorkspaceSession,
    of setup: Setup
  ) throws -> [Result] {
    let answerer = Answerer(
      passages: session.store,
      traces: session.store,
      embedder: session.embedder,
      answers: setup.settings,
      calibration: setup.calibration,
      reader: setup.reader
    )
    return try questions.map { question in
      Result(question: question, answer: try answerer.answer(question.question))
    }
  }

  /// Questions on public text that nothing was fitted on: do the citations hold there too.
  private func measurePool(_ setup: Setup, into report: inout ExperimentReport) throws {
    guard experiment.data["pool"] != nil else { return }
    let folder = try experiment.place("pool")
    let session = try collections.pool(at: folder, named: "pool")
    let questions = try QuestionFile.read(folder.appending(path: "qa/xquad-200.jsonl"))
    progress("asking \(questions.count) questions of XQuAD")
    let results = try ask(questions, in: session, of: setup)
    report.outcome.figures["xquad.contains"] = share(results) { $0.isCorrect }
    let short = results.filter { $0.answer.shortAnswer != nil }
    report.outcome.figures["xquad.short.share"] = share(results) { $0.answer.shortAnswer != nil }
    report.outcome.figures["xquad.short.right"] = share(short) { $0.isShortCorrect }
    report.outcome.figures["xquad.citations-verified"] = share(results) {
      $0.answer.citations.allSatisfy(\.verified)
    }
    report.outcome.figures["xquad.citations-refused"] = Double(
      results.reduce(0) { $0 + $1.answer.refused.count }
    )
    report.remarks.append(
      "\(questions.count) questions of XQuAD, asked of the public pool: "
        + "\(percent(share(results) { $0.isCorrect })) contain an accepted answer, "
        + "\(percent(share(results) { $0.answer.outcome == .abstained })) abstained, "
        + "\(results.reduce(0) { $0 + $1.answer.citations.count }) citations, all checked."
    )
  }

  private func measure(_ results: [Result], into report: inout ExperimentReport) throws {
    let answerable = results.filter { $0.question.isAnswerable && $0.question.kind != .countSum }
    let unanswerable = results.filter { $0.question.kind == .unanswerable }
    let calculations = results.filter { $0.question.kind == .countSum }
    func figure(_ name: String, _ value: Double) { report.outcome.figures[name] = value }
    figure("contains", share(answerable) { $0.isCorrect })
    figure("abstains", share(unanswerable) { $0.answer.abstained })
    figure("calculations", share(calculations) { $0.answer.outcome == .calculation })
    figure("false-calculations", share(answerable) { $0.answer.outcome == .calculation })
    figure("citations-verified", share(results) { $0.answer.citations.allSatisfy(\.verified) })
    figure("citations-refused", Double(results.reduce(0) { $0 + $1.answer.refused.count }))
    let short = answerable.filter { $0.answer.shortAnswer != nil }
    figure("short.share", share(answerable) { $0.answer.shortAnswer != nil })
    figure("short.right", share(short) { $0.isShortCorrect })
    figure("short.contains", share(answerable) { $0.isShortCorrect })
    figure(
      "short.f1",
      answerable.isEmpty
        ? 0
        : answerable.reduce(0) {
          $0 + AnswerMetrics.f1($1.answer.shortAnswer?.text ?? "", accepted: $1.question.answers)
        } / Double(answerable.count)
    )
    let times = results.map(\.answer.timings.total).sorted()
    figure("median-ms", times.isEmpty ? 0 : times[times.count / 2])

    var table = TextTable(columns: [
      .init("kind"), .init("questions", .trailing), .init("contains", .trailing),
      .init("abstained", .trailing), .init("calculation", .trailing),
    ])
    for (kind, group) in Dictionary(grouping: results, by: \.question.kind.rawValue)
      .sorted(by: { $0.key < $1.key })
    {
      table.rows.append([
        kind, "\(group.count)", percent(share(group) { $0.isCorrect }),
        percent(share(group) { $0.answer.outcome == .abstained }),
        percent(share(group) { $0.answer.outcome == .calculation }),
      ])
    }
    report.tables.append(("Test questions by kind", table))
    report.tables.append(("Totals", totals(answerable, unanswerable, calculations)))
    if !short.isEmpty {
      report.remarks.append(
        "Short answers: \(percent(share(answerable) { $0.answer.shortAnswer != nil })) of the "
          + "answerable questions have one, \(percent(share(short) { $0.isShortCorrect })) of these are "
          + "right."
      )
    }

    let judged = (answerable + unanswerable).filter { $0.answer.outcome != .calculation }
    let outcomes = judged.map { result in
      ScoredOutcome(
        confidence: result.answer.confidence,
        isCorrect: result.isCorrect
      )
    }
    // Abstentions carry the confidence that was too low, and would have been judged wrong: the curve
    // speaks of the answers given.
    let given = zip(judged, outcomes).filter { $0.0.answer.outcome == .answered }.map(\.1)
    if !given.isEmpty {
      let curve = try RiskCoverageCurve(given)
      figure("aurc", curve.area)
      report.plots["risk-coverage"] = LinePlot(
        title: "Risk and coverage of answers given",
        curves: [("answers", curve)]
      ).svg()
    }
  }

  private func totals(
    _ answerable: [Result],
    _ unanswerable: [Result],
    _ calculations: [Result]
  ) -> TextTable {
    var table = TextTable(columns: [
      .init("measure"), .init("share", .trailing), .init("95% interval", .trailing),
    ])
    func row(_ name: String, _ group: [Result], _ holds: (Result) -> Bool) {
      let count = group.filter(holds).count
      guard !group.isEmpty else { return }
      let interval = ProportionStatistics.wilsonInterval(successes: count, of: group.count)
      table.rows.append([
        "\(name) (\(group.count) questions)", percent(share(group, holds)),
        "\(percent(interval.lower)) to \(percent(interval.upper))",
      ])
    }
    row("contains an accepted answer", answerable) { $0.isCorrect }
    row("… known facts", answerable.filter { $0.question.evaluationProtocol == "known" }) {
      $0.isCorrect
    }
    row("… new documents", answerable.filter { $0.question.evaluationProtocol == "new" }) {
      $0.isCorrect
    }
    row("abstains on unanswerable", unanswerable) { $0.answer.abstained }
    row("tells calculations apart", calculations) { $0.answer.outcome == .calculation }
    return table
  }

  private func share(_ results: [Result], _ holds: (Result) -> Bool) -> Double {
    results.isEmpty ? 0 : Double(results.filter(holds).count) / Double(results.count)
  }

  private func percent(_ value: Double) -> String { String(format: "%.1f%%", value * 100) }
}
