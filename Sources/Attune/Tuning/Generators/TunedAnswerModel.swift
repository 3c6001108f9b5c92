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

  let request: GeneratorTuningRequest
  let folder: URL
  let trainer: Trainer<TrainableAnswerModel>
  let general: [ReadingBatch]

  private let tokenizer: Tokenizer
  private let training: [EncodedReading]
  private let test: [(document: String, reading: EncodedReading)]

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
    let trainable = try TrainableAnswerModel(
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
      ReadingBatch([
        try encoder.encode(question: $0.question, passage: $0.passage, answer: $0.answer)
      ])
    }
    trainer = try Trainer(
      trainable,
      plan: ReadingPlan(
        training: training,
        validation: validation.flatMap(\.self),
        settings: settings
      ),
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
  var bytesPerFrozenWeight: Double { 4 }
  var heldOut: [ReadingBatch] { test.map { ReadingBatch([$0.reading]) } }
  var testDocuments: [String] { test.map(\.document) }
  var generalTexts: [String] { GeneralReadings.all.map(\.question) }
  var taskType: String { "QUESTION_ANS" }

  func shown(_ index: Int) -> [(token: Int32, text: String, isLearnt: Bool)] {
    let reading = training[index]
    return reading.prefix.map { ($0, tokenizer.token(for: $0) ?? "", false) }
      + reading.targets.map { ($0, tokenizer.token(for: $0) ?? "", true) }
  }

  func influence(in run: URL) throws -> TuningInfluence {
    throw AttuneError(
      .tuningInvalid,
      "The examples behind answers are recorded for language models only.",
      subject: request.name,
      remedy: "Leave out --influence."
    )
  }
}
