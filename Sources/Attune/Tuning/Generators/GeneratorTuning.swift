public import Datasets
public import FineTuning
import Foundation
import LanguageModels

/// A tuning of a generator, from reading the examples to keeping the adapter.
///
/// Made in steps, so that a person can look before time is spent: reading and checking, an estimate,
/// then the training. Runs on the caller's thread.
public final class GeneratorTuning {
  /// What was asked for.
  public let request: GeneratorTuningRequest
  /// What the check says of the examples.
  public let check: DatasetCheck
  private let layout: WorkspaceLayout
  private let library: AdapterLibrary
  private let model: any TunedGenerator
  private let data: TuningData
  private let now: () -> Date

  /// The share of what an earlier adapter was trained on that is trained on again, so that it stays.
  static let replayShare = 0.25

  /// Reads and checks the examples and readies the model.
  ///
  /// - Parameters:
  ///   - request: what is wanted.
  ///   - examples: the examples of the data that the request names.
  ///   - layout: the workspace.
  ///   - modelName: the model's name.
  ///   - model: the model.
  ///   - resumes: whether an interrupted run of this name goes on.
  ///   - now: the time.
  /// - Throws: ``AttuneError`` where the examples are worthless or the name is taken; `FineTuningError`
  ///   and others for what is wrong with settings, examples and model.
  init(
    _ request: GeneratorTuningRequest,
    examples: [Example],
    layout: WorkspaceLayout,
    modelName: String,
    model: TunableModel,
    resumes: Bool,
    now: @escaping () -> Date = Date.init
  ) throws {
    self.layout = layout
    self.now = now
    var request = request
    request.model = modelName
    self.request = request
    let library = AdapterLibrary(folder: layout.adapters)
    self.library = library
    try library.requireFree(request.name)
    let encoder = try model.encoder(maximumTokens: request.settings.maximumTokens)
    let data: TuningData
    do {
      data = try Self.data(request, examples, library)
    } catch {
      // That nothing can be learnt says more than that there is too little to divide.
      try Self.refuseWorthless(DatasetChecker().check(examples, encoder: encoder), request)
      throw error
    }
    self.data = data
    check = DatasetChecker().check(data.all, encoder: encoder)
    try Self.refuseWorthless(check, request)
    let run = layout.run(request.name)
    let checkpoint = run.appending(path: Self.checkpointName)
    self.model = try model.tuned(
      on: data,
      request: request,
      parent: request.parent.map { try library.adapter($0) },
      checkpoint: checkpoint
    )
    try Self.begin(run, request, resumes: resumes)
    if resumes { try self.model.resume(from: checkpoint) }
  }

  /// - Throws: ``AttuneError`` with code `tuningInvalid` where nothing good can come of training.
  private static func refuseWorthless(
    _ check: DatasetCheck,
    _ request: GeneratorTuningRequest
  ) throws {
    guard check.isWorthless, !request.insists else { return }
    throw AttuneError(
      .tuningInvalid,
      "Training on these examples would be worthless: "
        + check.worthlessReasons.joined(separator: " "),
      subject: "training data",
      remedy:
        "Mend the examples (attune dataset check shows what is wrong), or insist with --insist."
    )
  }

  static let checkpointName = "checkpoint.safetensors"
  static let requestName = "request.json"

  /// Makes a run's folder, or checks that it is there.
  private static func begin(
    _ run: URL,
    _ request: GeneratorTuningRequest,
    resumes: Bool
  ) throws {
    guard !resumes else { return }
    guard !FileManager.default.fileExists(atPath: run.appending(path: checkpointName).path) else {
      throw AttuneError(
        .tuningInvalid,
        "A run named \(request.name) was interrupted and can go on.",
        subject: request.name,
        remedy: "Go on with 'attune tune resume \(request.name)', or choose another --name."
      )
    }
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    try AdapterLibrary.encoder.encode(request)
      .write(to: run.appending(path: requestName), options: .atomic)
  }

  /// The examples to train and measure on. One that goes on from an earlier adapter takes what is new,
  /// and a share of the old.
  private static func data(
    _ request: GeneratorTuningRequest,
    _ examples: [Example],
    _ library: AdapterLibrary
  ) throws -> TuningData {
    let name = request.data.name
    guard let parent = request.parent else {
      return try TuningData(name, examples, seed: request.settings.seed)
    }
    let known = Set(try library.trained(parent))
    // Divided before it is chosen, so that what was held out stays so.
    let divided = try DatasetSplitter(seed: request.settings.seed).split(examples)
    let isNew = divided.map { !known.contains($0.identifier) }
    let new = divided.indices.filter { isNew[$0] && divided[$0].split == .train }
    guard !new.isEmpty else {
      throw AttuneError(
        .tuningInvalid,
        "There are no examples to train on that the adapter \(parent) was not trained on.",
        subject: name,
        remedy: "Add examples, or train a new adapter without --since-last."
      )
    }
    var generator = SeededGenerator(seed: request.settings.seed)
    let old = divided.indices.filter { !isNew[$0] }.shuffled(using: &generator)
    let replayed = old.prefix(Int((Double(new.count) * replayShare).rounded(.up)))
    // Whatever part it belongs to now, what the parent has seen cannot measure.
    let measuring = divided.indices.filter { isNew[$0] && divided[$0].split != .train }
    var chosen = (new + measuring).map { divided[$0] }
    for index in replayed.sorted() {
      var example = divided[index]
      example.split = .train
      chosen.append(example)
    }
    return try TuningData(name, chosen, seed: request.settings.seed)
  }

  /// What of the training examples did not fit.
  public var losses: FittedExamples.Losses { model.losses }
  /// Examples that the model cannot take, with the reason of the first.
  public var refused: (count: Int, reason: String)? { model.refused }

  /// One example as the model sees it: each token as the vocabulary spells it, and whether it is learnt.
  public func shown(_ index: Int) throws -> [(token: Int32, text: String, isLearnt: Bool)] {
    guard (0..<model.trainingCount).contains(index) else {
      throw AttuneError(
        .tuningInvalid,
        "There is no training example \(index + 1).",
        subject: data.name,
        remedy: "Ask for one of 1 to \(model.trainingCount)."
      )
    }
    return model.shown(index)
  }

  /// How many examples each part has.
  public var counts: AdapterRecord.Counts {
    .init(
      train: model.trainingCount,
      validation: data.validation.count,
      test: model.testDocuments.count
    )
  }

  /// How many steps the training has, and how many numbers it changes.
  public var size: (steps: Int, trained: Int) { model.size }

  /// What the training will take, from one trial step.
  ///
  /// - Parameter watts: what the machine draws while it computes, for the energy.
  /// - Returns: time, memory and energy.
  /// - Throws: what the trial step throws.
  public func estimate(watts: Double?) throws -> TrainingEstimate {
    try model.estimate(watts: watts)
  }

  /// Trains, measures and keeps the adapter.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: told what is done.
  /// - Returns: the adapter's record; nil where the training was interrupted and can be resumed.
  /// - Throws: `FineTuningError` where the loss is no number any more or a checkpoint cannot be written,
  ///   and what `progress` throws.
  public func run(
    stop: StopRequest,
    progress: (TuningPhase) throws -> Void
  ) throws -> AdapterRecord? {
    // What the model was like before: for LoRA it is the model without its factors, or the parent.
    let before = try before(progress)
    let influence =
      request.recordsInfluence ? try model.influence(in: layout.run(request.name)) : nil
    let result = try model.train(stop: stop) {
      try influence?.note($0)
      try progress(.trained($0))
    }
    guard result.outcome != .interrupted else { return nil }
    let after = try model.measure(progress)
    var record = AdapterRecord(
      name: request.name,
      role: .generator,
      origin: .trained,
      created: now(),
      baseModel: request.model ?? ""
    )
    let fingerprint = try model.fingerprint
    record.baseFingerprint = fingerprint?.text
    record.dataset = data.name
    record.datasetVersion = data.version
    record.examples = counts
    record.settings = request.settings
    record.curve = result.curve
    record.seconds = result.duration / .seconds(1)
    record.tokens = result.tokens
    record.parent = request.parent
    record.heldOut = LossComparison(
      before: before.heldOut,
      after: after.heldOut,
      documents: model.testDocuments
    )
    record.general = LossComparison(
      before: before.general,
      after: after.general,
      documents: model.generalTexts
    )
    var adapter = try model.adapter()
    adapter.baseModelName = record.baseModel
    adapter.baseFingerprint = fingerprint
    let earlier = try request.parent.map { try library.trained($0) } ?? []
    try library.save(
      adapter,
      record,
      trainedOn: Set(earlier).union(data.train.map(\.identifier)).sorted()
    )
    try influence?.finish(result, adapter: library.place(of: request.name)) {
      try progress(.measuring(done: $0, of: $1))
    }
    try? FileManager.default.removeItem(at: layout.run(request.name))
    return record
  }

  /// The losses before the first step: measured now, or kept by the run that goes on.
  private func before(_ progress: (TuningPhase) throws -> Void) throws -> MeasuredLosses {
    let file = layout.run(request.name).appending(path: "before.json")
    if let data = try? Data(contentsOf: file),
      let kept = try? JSONDecoder().decode(MeasuredLosses.self, from: data),
      kept.heldOut.count == model.testDocuments.count
    {
      return kept
    }
    let measured = try model.measure(progress)
    try JSONEncoder().encode(measured).write(to: file, options: .atomic)
    return measured
  }
}
