import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import Tokenizers

/// An answer model in a tuning: questions with their answers, from memory, or with passages to read where
/// the request asks for distractors.
final class TunedAnswerModel: TunedGenerator {
  /// Nothing is cut: what is too long is refused, with the reason.
  var losses: FittedExamples.Losses { FittedExamples.Losses() }
  let refused: (count: Int, reason: String)?

  private let request: GeneratorTuningRequest
  private let folder: URL
  private let tokenizer: Tokenizer
  private let training: [EncodedReading]
  private let test: [(document: String, reading: EncodedReading)]
  private let general: [EncodedReading]
  private let plan: ReadingPlan
  private let trainable: TrainableAnswerModel
  private let trainer: Trainer<TrainableAnswerModel>

  /// What makes tokens of examples.
  static func encoder(base: URL) throws -> ReadingExampleEncoder {
    try ReadingExampleEncoder(
      tokenizer: Tokenizer.load(folder: base),
      positions: BertConfiguration(base.appending(path: "config.json")).maximumPositions
    )
  }

  /// Makes tokens of the examples and readies the training.
  ///
  /// - Parameters:
  ///   - folder: the model's folder.
  ///   - base: its base's.
  ///   - data: the examples.
  ///   - request: what is wanted.
  ///   - parent: the adapter to go on from.
  ///   - checkpoint: where checkpoints go.
  /// - Throws: `FineTuningError` and others for what is wrong with settings, examples and model.
  init(
    folder: URL,
    base: URL,
    data: TuningData,
    request: GeneratorTuningRequest,
    parent: LowRankAdapter?,
    checkpoint: URL
  ) throws {
    self.folder = folder
    self.request = request
    let settings = request.settings
    guard settings.adapter != nil else {
      throw AttuneError(
        .tuningInvalid,
        "Of an answer model only an adapter is trained.",
        subject: request.name,
        remedy: "Leave out --full."
      )
    }
    let tokenizer = try Tokenizer.load(folder: base)
    self.tokenizer = tokenizer
    trainable = try TrainableAnswerModel(
      base: base,
      folder: folder,
      method: settings.adapter.map { .lowRank($0) } ?? .full,
      seed: settings.seed,
      recomputes: request.recomputes
    )
    if let parent { try trainable.start(from: parent) }
    let encoder = try ReadingEncoder(
      tokenizer: tokenizer,
      positions: trainable.configuration.maximumPositions
    )
    var problems: [String] = []
    func readings(_ examples: [Example], distractors: Int?) -> [[EncodedReading]] {
      var generator = SeededGenerator(seed: settings.seed)
      let passages = examples.compactMap(\.passage)
      return examples.map { example in
        do {
          return try Self.readings(example, distractors, others: passages, encoder, &generator)
        } catch {
          problems.append(ErrorDescription(error).message)
          return []
        }
      }
    }
    training = readings(data.train, distractors: request.distractors).flatMap(\.self)
    // What was left out for validation and test would only be said again.
    refused = problems.first.map { (problems.count, $0) }
    let validation = readings(data.validation, distractors: request.distractors.map { _ in 0 })
    test = zip(data.test, readings(data.test, distractors: request.distractors.map { _ in 0 }))
      .compactMap { example, readings in
        readings.first.map { (DatasetSplitter.group(of: example), $0) }
      }
    general = try GeneralReadings.all.map {
      try encoder.encode(question: $0.question, passage: $0.passage, answer: $0.answer)
    }
    plan = ReadingPlan(
      training: training,
      validation: validation.flatMap(\.self),
      settings: settings
    )
    trainer = try Trainer(
      trainable,
      plan: plan,
      settings: settings,
      base: BaseModelFingerprint(modelAt: folder)?.text ?? request.model ?? "",
      checkpointFile: checkpoint,
      kernels: KernelSet.active()
    )
  }

  /// What is learnt from an example: to answer it from memory; or, with distractors, to find the answer in
  /// its passage, and to say of passages of others that they do not hold it.
  private static func readings(
    _ example: Example,
    _ distractors: Int?,
    others: [String],
    _ encoder: ReadingEncoder,
    _ generator: inout SeededGenerator
  ) throws -> [EncodedReading] {
    let question = example.question
    guard let distractors, let passage = example.passage else {
      return [try encoder.encode(question: question, passage: nil, answer: example.answer)]
    }
    let answer = example.answer ?? ""
    let own = try encoder.encode(question: question, passage: passage, answer: answer)
    let given = example.distractors.prefix(distractors)
    let drawn = (0..<4 * distractors).compactMap { _ in others.randomElement(using: &generator) }
      .filter { $0 != passage && !$0.contains(answer) }
    return try [own]
      + (given + drawn).prefix(distractors).map {
        try encoder.encode(question: question, passage: $0, answer: nil)
      }
  }

  var trainingCount: Int { training.count }
  var testDocuments: [String] { test.map(\.document) }
  var generalTexts: [String] { GeneralReadings.all.map(\.question) }
  var size: (steps: Int, trained: Int) { (trainer.steps, trainable.counts.trained) }
  var fingerprint: BaseModelFingerprint? {
    get throws { try BaseModelFingerprint(modelAt: folder) }
  }

  func shown(_ index: Int) -> [(token: Int32, text: String, isLearnt: Bool)] {
    let reading = training[index]
    return reading.prefix.map { ($0, tokenizer.token(for: $0) ?? "", false) }
      + reading.targets.map { ($0, tokenizer.token(for: $0) ?? "", true) }
  }

  func estimate(watts: Double?) throws -> TrainingEstimate {
    var basis = TrainingEstimate.Basis(
      frozenParameters: trainable.counts.frozen,
      trainedParameters: trainable.counts.trained,
      tokensPerEpoch: training.reduce(0) { $0 + $1.tokenCount },
      epochs: Double(trainer.steps) / Double(plan.stepsPerEpoch),
      tokensPerPass: request.settings.tokensPerPass,
      activationBytesPerToken: trainable.activationBytesPerToken
    )
    basis.validationTokens = plan.validation.reduce(0) { $0 + $1.tokenCount }
    basis.evaluations =
      1 + trainer.steps / max(1, request.settings.evaluationInterval ?? plan.stepsPerEpoch)
    basis.recomputes = request.recomputes
    return TrainingEstimate(basis, tokensPerSecond: try trainer.measureSpeed() ?? 0, watts: watts)
  }

  func measure(_ progress: (TuningPhase) throws -> Void) throws -> MeasuredLosses {
    let all = test.map(\.reading) + general
    var losses: [Double] = []
    for (index, reading) in all.enumerated() {
      losses.append(try trainable.loss(of: ReadingBatch([reading])).mean)
      try progress(.measuring(done: index + 1, of: all.count))
    }
    return MeasuredLosses(
      heldOut: Array(losses.prefix(test.count)),
      general: Array(losses.dropFirst(test.count))
    )
  }

  func resume(from checkpoint: URL) throws {
    try trainer.resume(from: TrainingCheckpoint(checkpoint))
  }

  func influence(in run: URL) throws -> TuningInfluence {
    throw AttuneError(
      .tuningInvalid,
      "The examples behind answers are recorded for language models only.",
      subject: request.name,
      remedy: "Leave out --influence."
    )
  }

  func train(
    stop: StopRequest,
    progress: (TrainingProgress) throws -> Void
  ) throws -> TrainingResult {
    try trainer.run(stop: stop, progress: progress)
  }

  func adapter() throws -> LowRankAdapter {
    var adapter = try trainable.adapter()
    adapter.taskType = "QUESTION_ANS"
    return adapter
  }
}
