import Datasets
import Evaluation
public import FineTuning
public import Foundation
import Kernels
import LanguageModels
import ModelCatalog
import Tokenizers

/// The training of an answer model by an experiment file: first on questions made from open text, then on
/// people's own. Stopped, it goes on where it was when run again. Runs on the caller's thread.
public struct AnswerModelTraining {
  /// What is being done.
  public enum Phase: Sendable {
    case preparing(String)
    /// A stage by its name, and how far it is.
    case training(String, TrainingProgress)
  }

  /// How a training went.
  public struct Report: Codable, Sendable {
    /// The experiment's name.
    public var experiment: String
    public var seed: UInt64
    /// How many examples of each kind there were.
    public var examples: [String: Int]
    /// The stages in their order.
    public var stages: [Stage]

    /// One part of the training.
    public struct Stage: Codable, Sendable {
      public var name: String
      public var examples: Int
      public var steps: Int
      public var tokens: Int
      public var seconds: Double
      public var curve: TrainingCurve
    }
  }

  private let recipe: AnswerModelRecipe
  private let output: URL
  private let share: Double
  private let base: URL

  /// Reads the experiment.
  ///
  /// - Parameters:
  ///   - experiment: the experiment's file.
  ///   - output: the folder that the model goes to; made where it is missing.
  ///   - share: how much of the examples is used, above 0 and at most 1: a small share shows that the
  ///     training can be repeated.
  /// - Throws: ``AttuneError`` where the file is no such experiment, or the base model is missing.
  public init(experiment: URL, output: URL, share: Double = 1) throws {
    recipe = try AnswerModelRecipe(ExperimentRunner.read(experiment))
    self.output = output
    self.share = share
    base = try ModelLibrary().model(named: ModelLibrary.defaultEmbedder).folder
  }

  /// Trains, and writes the model with a report beside it.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: told how far it is.
  /// - Returns: how it went; nil where it was stopped, with all that is needed to go on in the folder.
  /// - Throws: ``AttuneError``, `FineTuningError` and others for what is wrong with data or folder.
  public func run(
    stop: StopRequest = StopRequest(),
    progress: (Phase) -> Void = { _ in }
  ) throws -> Report? {
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    let data = try AnswerModelData(recipe) { progress(.preparing($0)) }
    progress(.preparing("making tokens"))
    let encoder = try ReadingEncoder(
      tokenizer: Tokenizer.load(folder: base),
      positions: BertConfiguration(base.appending(path: "config.json")).maximumPositions
    )
    var report = Report(
      experiment: recipe.experiment.name,
      seed: recipe.experiment.seed,
      examples: data.counts,
      stages: []
    )
    let validation = part(data.validation).compactMap { encoder.encode($0) }
    var start: URL?
    for (name, stage, examples, measured) in [
      // On made questions the model grows surer than it is right of people's, and their loss rises while
      // more of its answers are right: what it has learnt last is kept, not what had the least loss.
      ("pretraining", recipe.pretraining, data.synthetic, []),
      ("training", recipe.training, data.human, validation),
    ] {
      let folder = output.appending(path: name, directoryHint: .isDirectory)
      let finished = try run(
        name,
        stage,
        part(examples).compactMap { encoder.encode($0) },
        measured,
        from: start,
        in: folder,
        stop,
        progress
      )
      guard let finished else { return nil }
      report.stages.append(finished)
      start = folder
    }
    try keep(report, from: start)
    return report
  }

  /// The first examples, in the share that is wanted.
  private func part(_ examples: [ReadingExample]) -> [ReadingExample] {
    Array(examples.prefix(Int((Double(examples.count) * share).rounded(.up))))
  }

  private func run(
    _ name: String,
    _ stage: AnswerModelRecipe.Stage,
    _ training: [EncodedReading],
    _ validation: [EncodedReading],
    from start: URL?,
    in folder: URL,
    _ stop: StopRequest,
    _ progress: (Phase) -> Void
  ) throws -> Report.Stage? {
    let reportFile = folder.appending(path: Self.reportName)
    if let data = try? Data(contentsOf: reportFile),
      let done = try? JSONDecoder().decode(Report.Stage.self, from: data)
    {
      return done
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let settings = recipe.settings(stage)
    let model = try TrainableAnswerModel(
      base: base,
      folder: start,
      method: .full,
      seed: recipe.experiment.seed
    )
    let checkpoint = folder.appending(path: "checkpoint.safetensors")
    let trainer = try Trainer(
      model,
      plan: ReadingPlan(training: training, validation: validation, settings: settings),
      settings: settings,
      base: "\(BaseModelFingerprint(modelAt: base)?.text ?? ""), \(name)",
      checkpointFile: checkpoint,
      kernels: KernelSet.active()
    )
    if FileManager.default.fileExists(atPath: checkpoint.path) {
      try trainer.resume(from: TrainingCheckpoint(checkpoint))
    }
    let result = try trainer.run(stop: stop) { progress(.training(name, $0)) }
    guard result.outcome != .interrupted else { return nil }
    try model.write(to: folder.appending(path: Self.weightsName))
    let done = Report.Stage(
      name: name,
      examples: training.count,
      steps: result.steps,
      tokens: result.tokens,
      seconds: result.duration / .seconds(1),
      curve: result.curve
    )
    try JSONEncoder().encode(done).write(to: reportFile, options: .atomic)
    try? FileManager.default.removeItem(at: checkpoint)
    return done
  }

  /// Puts the trained model into the output folder.
  private func keep(_ report: Report, from stage: URL?) throws {
    guard let stage else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let configuration = try BertConfiguration(base.appending(path: "config.json"))
    let settings = try AnswerModelSettings(base: base, hiddenSize: configuration.hiddenSize)
    let weights = output.appending(path: Self.weightsName)
    try? FileManager.default.removeItem(at: weights)
    try FileManager.default.copyItem(at: stage.appending(path: Self.weightsName), to: weights)
    try encoder.encode(settings)
      .write(to: output.appending(path: "config.json"), options: .atomic)
    try encoder.encode(report).write(to: output.appending(path: Self.reportName), options: .atomic)
  }

  private static let weightsName = "model.safetensors"
  private static let reportName = "training.json"
}
