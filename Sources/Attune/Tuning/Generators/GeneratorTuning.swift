public import Datasets
public import FineTuning
import Foundation
import LanguageModels

/// A tuning of a generator, from reading the examples to keeping the adapter.
///
/// Made in steps, so that a person can look before time is spent: reading and checking, an estimate,
/// then the training. Runs on the caller's thread.
public final class GeneratorTuning: Tuning {
  /// What was asked for.
  public let request: GeneratorTuningRequest
  /// What the check says of the examples.
  public let check: DatasetCheck
  private let tuningRun: TuningRun
  private let library: AdapterLibrary
  private let model: any TunedGenerator
  private let data: TuningData
  private let now: () -> Date

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
    self.now = now
    var request = request
    request.model = modelName
    self.request = request
    let library = AdapterLibrary(folder: layout.adapters)
    self.library = library
    try library.requireFree(request.name)
    let tuningRun = TuningRun(request.name, in: layout)
    self.tuningRun = tuningRun
    if !resumes { try tuningRun.requireNew() }
    let encoder = try model.encoder(maximumTokens: request.settings.maximumTokens)
    let data: TuningData
    do {
      data = try TuningData(
        request.data.name,
        examples,
        since: request.parent,
        in: library,
        seed: request.settings.seed
      )
    } catch {
      // That nothing can be learnt says more than that there is too little to divide.
      try Self.refuseWorthless(DatasetChecker().check(examples, encoder: encoder), request)
      throw error
    }
    self.data = data
    check = DatasetChecker().check(data.all, encoder: encoder)
    try Self.refuseWorthless(check, request)
    self.model = try model.tuned(
      on: data,
      request: request,
      parent: request.parent.map { try library.adapter($0) },
      checkpoint: tuningRun.checkpoint
    )
    if resumes { try self.model.resume(from: tuningRun.checkpoint) }
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

  public var name: String { request.name }
  public var role: AdapterRecord.Role { .generator }

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

  public var counts: AdapterRecord.Counts {
    .init(
      train: model.trainingCount,
      validation: data.validation.count,
      test: model.testDocuments.count
    )
  }

  public var size: (steps: Int, trained: Int) { model.size }

  public func estimate(watts: Double?) throws -> TrainingEstimate {
    try model.estimate(watts: watts)
  }

  public func run(
    stop: StopRequest,
    progress: (TuningPhase) throws -> Void
  ) throws -> AdapterRecord? {
    try tuningRun.begin(.generator(request))
    // What the model was like before: for LoRA it is the model without its factors, or the parent.
    let before = try before(progress)
    let influence =
      request.recordsInfluence ? try model.influence(in: tuningRun.folder) : nil
    let result = try model.train(stop: stop) {
      try influence?.note($0)
      try progress(.trained($0))
    }
    guard result.outcome != .interrupted else { return nil }
    let after = try model.measure(progress)
    let fingerprint = try model.fingerprint
    var record = AdapterRecord(
      trained: name,
      role: .generator,
      created: now(),
      baseModel: request.model ?? "",
      fingerprint: fingerprint,
      data: data,
      counts: counts,
      settings: request.settings,
      result: result,
      parent: request.parent
    )
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
    let examples = try library.trained(on: data, since: request.parent)
    if record.isWholeModel, let model = model as? TunedLanguageModel {
      try library.save(nil, record, trainedOn: examples) { try model.writeModel(to: $0) }
    } else {
      var adapter = try model.adapter()
      adapter.baseModelName = record.baseModel
      adapter.baseFingerprint = fingerprint
      try library.save(adapter, record, trainedOn: examples)
    }
    try influence?.finish(result, adapter: library.place(of: request.name)) {
      try progress(.measuring(done: $0, of: $1))
    }
    tuningRun.remove()
    return record
  }

  /// The losses before the first step: measured now, or kept by the run that goes on.
  private func before(_ progress: (TuningPhase) throws -> Void) throws -> MeasuredLosses {
    let file = tuningRun.folder.appending(path: "before.json")
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
