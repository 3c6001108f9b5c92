import Evaluation
import FineTuning
import Foundation
import Kernels
import LanguageModels
import ModelCatalog

/// Tunes an embedder on collections and measures what it finds before and after, on held-out questions
/// and on general ones.
struct TuningExperiment {
  let experiment: Experiment
  let collections: ExperimentCollections
  let progress: @Sendable (String) -> Void

  /// What the update is multiplied by when fitting.
  private static let strengths = [1, 0.6, 0.5, 0.35, 0.25]
  /// By how much fewer general questions may be found when fitting: three quarters of what the figures on
  /// XQuAD allow.
  private static let tolerance = -0.0075

  func run(fitting: Bool) throws -> ExperimentReport {
    var report = ExperimentReport(
      outcome: ExperimentOutcome(experiment: experiment, figures: [:]),
      tables: [],
      plots: [:],
      remarks: []
    )
    let kernels = try KernelSet.active()
    let folder = try ModelLibrary().model(named: ModelLibrary.defaultEmbedder).folder
    let before = EmbedderMeasurement(
      encoder: try SentenceEncoder(folder: folder),
      kernels: kernels
    )
    let xquad = try GeneralCollection.xquad(experiment.place("xquad"))
    for collection in try read() {
      let trained = try train(collection, folder, kernels, report: &report)
      let strength =
        try fitting
        ? fit(collection, trained, folder, before, report: &report)
        : recipe(collection.name).strength
      let adapter = try trained.scaled(by: strength)
      try keep(adapter, collection.name)
      let after = EmbedderMeasurement(
        encoder: try SentenceEncoder(folder: folder, adapter: adapter),
        kernels: kernels
      )
      for (name, set) in [(collection.name, collection.test), ("\(collection.name).xquad", xquad)] {
        progress("\(collection.name): measuring \(set.queries.count) questions of \(name)")
        let change = try EmbedderChange(before, after, on: set, seed: experiment.seed)
        note(change, as: name, in: &report)
      }
    }
    return report
  }

  private func recipe(_ name: String) -> TuningRecipe {
    TuningRecipe(experiment.settings[name]?.map ?? [:], seed: experiment.seed)
  }

  private func read() throws -> [TuningCollection] {
    let medical = recipe("medquad")
    let company = try experiment.place("example")
    let session = try collections.example(at: company, named: "example")
    return [
      try MedicalCollection(
        folder: experiment.place("medquad"),
        trainingQuestions: medical.trainingQuestions,
        others: medical.others,
        seed: experiment.seed
      ).read(),
      try CompanyCollection(
        session,
        questions: QuestionFile.read(company.appending(path: "questions/questions.jsonl")),
        synthesizedPerPassage: recipe("example").synthesizedPerPassage,
        seed: experiment.seed
      ).collection(),
    ]
  }

  private func train(
    _ collection: TuningCollection,
    _ folder: URL,
    _ kernels: KernelSet,
    report: inout ExperimentReport
  ) throws -> LowRankAdapter {
    let run = EmbedderTuningRun(
      folder: folder,
      recipe: recipe(collection.name),
      kernels: kernels,
      progress: progress
    )
    let (adapter, result) = try run.train(collection)
    let seconds = result.duration / .seconds(1)
    report.remarks.append(
      "\(collection.name): \(collection.training.count) training questions, \(result.steps) steps, "
        + "\(result.tokens) tokens in \(Int(seconds.rounded())) s."
    )
    return adapter
  }

  /// The strength with which validation questions are answered best, among those with which general
  /// questions are not answered worse by more than the tolerance.
  private func fit(
    _ collection: TuningCollection,
    _ adapter: LowRankAdapter,
    _ folder: URL,
    _ before: EmbedderMeasurement,
    report: inout ExperimentReport
  ) throws -> Double {
    let general = try GeneralCollection.validation(
      experiment.place("general"),
      queries: 300,
      others: 400,
      seed: experiment.seed
    )
    var table = TextTable(columns: [
      .init("strength", .trailing), .init("validation nDCG@10", .trailing),
      .init("general difference", .trailing), .init("95% interval", .trailing),
    ])
    var best: (strength: Double, score: Double)?
    for strength in Self.strengths {
      progress("\(collection.name): validation at strength \(strength)")
      let after = EmbedderMeasurement(
        encoder: try SentenceEncoder(folder: folder, adapter: adapter.scaled(by: strength)),
        kernels: before.kernels
      )
      let own = try EmbedderChange(before, after, on: collection.validation, seed: experiment.seed)
      let other = try EmbedderChange(before, after, on: general, seed: experiment.seed)
      let difference = other.comparison.difference
      table.rows.append([
        "\(strength)", format(own.meanAfter), format(difference.mean),
        "\(format(difference.lower)) to \(format(difference.upper))",
      ])
      if difference.mean >= Self.tolerance, own.meanAfter > best?.score ?? 0 {
        best = (strength, own.meanAfter)
      }
    }
    report.tables.append(("\(collection.name): strength, on validation questions", table))
    let chosen = best?.strength ?? Self.strengths.last ?? 1
    report.remarks.append("\(collection.name): strength \(chosen) chosen on validation.")
    return chosen
  }

  /// Writes the adapter as PEFT has it, beside the indexes of the experiments.
  private func keep(_ adapter: LowRankAdapter, _ name: String) throws {
    let folder = collections.workFolder.appending(path: "embedder-\(name)")
    if FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.removeItem(at: folder)
    }
    try PEFTAdapterFile.write(adapter, to: folder)
  }

  private func note(
    _ change: EmbedderChange,
    as name: String,
    in report: inout ExperimentReport
  ) {
    let difference = change.comparison.difference
    report.outcome.figures["\(name).before"] = change.meanBefore
    report.outcome.figures["\(name).after"] = change.meanAfter
    report.outcome.figures["\(name).difference"] = difference.mean
    report.outcome.figures["\(name).lower95"] = difference.lower
    report.outcome.figures["\(name).closed"] = change.closed
    let table = TextTable(
      columns: [
        .init("before", .trailing), .init("after", .trailing), .init("difference", .trailing),
        .init("95% interval", .trailing), .init("closed", .trailing),
      ],
      rows: [
        [
          format(change.meanBefore), format(change.meanAfter), format(difference.mean),
          "\(format(difference.lower)) to \(format(difference.upper))",
          String(format: "%.0f%%", 100 * change.closed),
        ]
      ]
    )
    report.tables.append(
      (
        "\(name): nDCG@10 of \(difference.questions) questions over \(difference.clusters) documents",
        table
      )
    )
  }

  private func format(_ value: Double) -> String { String(format: "%.4f", value) }
}
