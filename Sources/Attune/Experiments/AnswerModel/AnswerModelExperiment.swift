import Evaluation
import Foundation
import LanguageModels
import ModelCatalog

/// Measures an answer model: reading with the right passage and with passages that Attune finds, knowing
/// where there is no answer, citing, speed, and answering from memory before and after tuning.
struct AnswerModelExperiment {
  let experiment: Experiment
  let collections: ExperimentCollections
  let progress: @Sendable (String) -> Void

  /// What is measured, in this order.
  private enum Part: String, CaseIterable {
    case gold, retrieved, abstention, speed, memory
  }

  /// Answers timed.
  private static let timed = 200

  func run(fitting: Bool) throws -> ExperimentReport {
    var report = ExperimentReport(
      outcome: ExperimentOutcome(experiment: experiment, figures: [:]),
      tables: [],
      plots: [:],
      remarks: []
    )
    let library = ModelLibrary()
    let name = experiment.settings["model"]?.text ?? ModelLibrary.answerModelName
    let folder = try library.model(named: name).folder
    let base = try library.base(ofAnswerModelAt: folder).folder
    progress("loading the model in \(folder.path)")
    let model = try AnswerModel(folder: folder, base: base)
    var weights = (choosing: evidence("choosing"), confidence: evidence("confidence"))
    if fitting {
      weights = try AnswerModelFit(
        recipe: AnswerModelRecipe(experiment),
        pool: try collections.pool(at: experiment.place("pool"), named: "pool"),
        model: model,
        progress: progress
      ).fit(into: &report)
    }
    let parts = try parts()
    if parts.contains(.gold) {
      progress("reading the right passage of each question of XQuAD")
      try GoldPassages(
        of: experiment.place("xquad"),
        limit: limit,
        readBy: model,
        progress: progress
      )
      .note(in: &report)
    }
    if parts.contains(.retrieved) || parts.contains(.speed) {
      let pool = try collections.pool(at: experiment.place("pool"), named: "pool")
      if parts.contains(.retrieved) {
        try measureRetrieved(pool, model, weights.choosing, into: &report)
      }
      if parts.contains(.speed) { try measureSpeed(pool, model, into: &report) }
    }
    if parts.contains(.abstention) { try measureAbstention(model, weights, into: &report) }
    if parts.contains(.memory) {
      try Memory(questions: exampleQuestions()).measure(
        model,
        MemoryTuning(
          recipe: MemoryRecipe(experiment),
          folder: folder,
          base: base,
          output: collections.workFolder.appending(path: "answer-model-tuned")
        ),
        split: fitting ? "validation" : "test",
        progress: progress,
        in: &report
      )
    }
    return report
  }

  // MARK: Settings

  /// How many questions of each set are asked, for a quick look; nil for all.
  private var limit: Int? {
    experiment.settings["questions"]?.whole.flatMap { $0 > 0 ? $0 : nil }
  }

  /// All, unless `settings.parts` names some.
  private func parts() throws -> Set<Part> {
    guard case .list(let values)? = experiment.settings["parts"] else {
      return Set(Part.allCases)
    }
    return Set(
      try values.map { value in
        guard let part = value.text.flatMap(Part.init(rawValue:)) else {
          throw AttuneError(
            .experimentInvalid,
            "A part of the experiment is not known.",
            subject: experiment.name,
            remedy: "Let settings.parts name some of: "
              + "\(Part.allCases.map(\.rawValue).joined(separator: ", "))."
          )
        }
        return part
      }
    )
  }

  /// Weights that the experiment's file gives, else the usual ones.
  private func evidence(_ name: String) -> AnswerEvidence {
    let usual = name == "choosing" ? AnswerEvidence.choosing : AnswerEvidence.confidence
    let values = experiment.settings[name]?.map ?? [:]
    return AnswerEvidence(
      likelihood: values["likelihood"]?.number ?? usual.likelihood,
      none: values["none"]?.number ?? usual.none,
      retrieval: values["retrieval"]?.number ?? usual.retrieval
    )
  }

  private func exampleQuestions() throws -> [Question] {
    try QuestionFile.read(experiment.place("example").appending(path: "questions/questions.jsonl"))
  }

  // MARK: Measuring

  private func measureRetrieved(
    _ pool: WorkspaceSession,
    _ model: AnswerModel,
    _ evidence: AnswerEvidence,
    into report: inout ExperimentReport
  ) throws {
    progress("finding and reading five passages for each question of XQuAD")
    try RetrievedAnswers(
      of: experiment.place("xquad"),
      pool: experiment.place("pool"),
      limit: limit,
      in: pool,
      readBy: model,
      evidence: evidence,
      progress: progress
    ).note(gold: report.outcome.figures["xquad.f1"], in: &report)
  }

  private func measureSpeed(
    _ pool: WorkspaceSession,
    _ model: AnswerModel,
    into report: inout ExperimentReport
  ) throws {
    progress("timing \(Self.timed) answers")
    let finder = RetrievedPassages(session: pool)
    let questions = try SQuADFile(reading: experiment.place("xquad")).questions
    let tasks = try questions.sample(min(Self.timed, limit ?? Self.timed)).map {
      try finder.task(for: $0).task
    }
    try AnswerSpeed(tasks, readBy: model).note(passages: finder.depth, in: &report)
  }

  private func measureAbstention(
    _ model: AnswerModel,
    _ weights: (choosing: AnswerEvidence, confidence: AnswerEvidence),
    into report: inout ExperimentReport
  ) throws {
    progress("reading CLAPnq's passages")
    let clapnq = try ReadingTask.clapnq(in: experiment.place("clapnq")).sample(limit).map {
      try $0.read(by: model)
    }
    let session = try collections.example(at: experiment.place("example"), named: "example")
    let asked = try exampleQuestions().filter {
      $0.split == "test" && ($0.kind == .unanswerable || $0.isAnswerable && $0.kind != .countSum)
    }.sample(limit)
    progress("reading five passages for each of \(asked.count) questions of the example company")
    let finder = RetrievedPassages(session: session)
    let company = try asked.map { try finder.task(for: $0).task.read(by: model) }
    var curves: [(name: String, curve: RiskCoverageCurve)] = []
    for (name, reads) in [("clapnq", clapnq), ("example", company)] {
      let abstention = Abstention(
        name,
        reads,
        choosing: weights.choosing,
        confidence: weights.confidence
      )
      curves.append((name, try abstention.note(in: &report)))
    }
    report.plots["answer-model-risk-coverage"] = LinePlot(
      title: "Risk and coverage of the answer model",
      curves: curves
    ).svg()
    report.remarks.append(
      "Risk: on CLAPnq, whose answers are whole sentences, an answer counts as wrong where the "
        + "passage holds none; on the example company also where it holds no accepted answer."
    )
  }
}
