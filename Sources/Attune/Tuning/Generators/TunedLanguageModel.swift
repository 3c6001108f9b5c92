import Datasets
import FineTuning
import Foundation
import LanguageModels
import Tokenizers

/// A language model in a tuning: chat templates, packed sequences.
final class TunedLanguageModel: TunedGenerator {
  let losses: FittedExamples.Losses
  let refused: (count: Int, reason: String)?

  let request: GeneratorTuningRequest
  let trainer: Trainer<TrainableDecoder>

  private let model: LanguageModel
  private let encoder: ChatExampleEncoder
  private let trained: [(identifier: String, example: Example)]
  private let test: [(document: String, encoded: EncodedExample)]
  private let plan: PackedTrainingPlan

  /// Makes tokens of the examples and readies the training.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - encoder: what makes tokens.
  ///   - data: the examples.
  ///   - request: what is wanted.
  ///   - parent: the adapter to go on from.
  ///   - checkpoint: where checkpoints go.
  /// - Throws: `FineTuningError` and others for what is wrong with settings, examples and model.
  init(
    _ model: LanguageModel,
    encoder: ChatExampleEncoder,
    data: TuningData,
    request: GeneratorTuningRequest,
    parent: LowRankAdapter?,
    checkpoint: URL
  ) throws {
    self.model = model
    self.encoder = encoder
    self.request = request
    if request.settings.adapter == nil { try Self.requireTrainable(model) }
    var problems: [String] = []
    func encode(_ examples: [Example]) -> [EncodedExample] {
      examples.compactMap { example in
        do { return try encoder.encode(example) } catch {
          problems.append(ErrorDescription(error).message)
          return nil
        }
      }
    }
    let settings = request.settings
    func fit(_ examples: [EncodedExample], _ overlong: OverlongExamples) throws -> FittedExamples {
      try FittedExamples(examples, maximumTokens: settings.maximumTokens, overlong: overlong)
    }
    let augmented = try Self.withContext(data.train, request)
    trained = zip(data.train, augmented).map { ($0.identifier, $1) }
    let training = try fit(encode(augmented), settings.overlongExamples)
    losses = training.losses
    let validation = try? fit(encode(Self.withContext(data.validation, request)), .leaveOut)
    var test: [(document: String, encoded: EncodedExample)] = []
    for example in try Self.withContext(data.test, request) {
      guard let encoded = encode([example]).first,
        let fitted = try? fit([encoded], .leaveOut).examples.first
      else { continue }
      test.append((DatasetSplitter.group(of: example), fitted))
    }
    self.test = test
    refused = problems.first.map { (problems.count, $0) }
    plan = PackedTrainingPlan(training: training, validation: validation, settings: settings)
    let trainable = try TrainableDecoder(
      model.decoder,
      method: settings.adapter.map { .lowRank($0) } ?? .full,
      seed: settings.seed,
      recomputes: request.recomputes
    )
    if let parent { try trainable.start(from: parent) }
    trainer = try Trainer(
      trainable,
      plan: plan,
      settings: settings,
      base: BaseModelFingerprint(modelAt: model.location)?.text ?? request.model ?? "",
      checkpointFile: checkpoint,
      kernels: model.decoder.kernels,
      pool: model.decoder.pool
    )
  }

  /// Bytes of a weight where all of them are trained: what ``TrainingEstimate`` counts, the model as it came
  /// and the copy that is multiplied with.
  static let bytesPerWholeWeight = 28.0

  /// Refuses to train all weights of a model that has no place in memory, or could not be written.
  ///
  /// - Parameters:
  ///   - model: the model, loaded.
  ///   - available: what the machine can give.
  /// - Throws: ``AttuneError`` with code `tuningInvalid`.
  private static func requireTrainable(
    _ model: LanguageModel,
    available: Int = SystemMemory.available
  ) throws {
    let settings = model.location.appending(path: "config.json")
    guard FileManager.default.fileExists(atPath: settings.path) else {
      throw AttuneError(
        .tuningInvalid,
        "A model from a GGUF file cannot be trained whole: there is no form to write it in.",
        subject: model.location.path,
        remedy: "Train an adapter, or import the model from its safetensors."
      )
    }
    let weights = Double(TrainableDecoder.weightCount(model.decoder.configuration))
    // The model as it came is in memory already.
    let wanted = weights * (bytesPerWholeWeight - 4)
    guard wanted > Double(available) else { return }
    let (need, free) = (Int(wanted / 1_048_576), available / 1_048_576)
    throw AttuneError(
      .tuningInvalid,
      "To train all \(Int(weights)) weights takes about \(need) MiB of memory; \(free) are free.",
      subject: "memory",
      remedy: "Train an adapter (leave out --full), or a smaller model."
    )
  }

  /// Writes the trained model as one of its own.
  func writeModel(to folder: URL) throws {
    try trainer.model.writeModel(to: folder, base: model.location)
  }

  private static func withContext(
    _ examples: [Example],
    _ request: GeneratorTuningRequest
  ) throws -> [Example] {
    guard let distractors = request.distractors else { return examples }
    return try ContextAugmenter(
      distractors: distractors,
      oracleShare: 0.8,
      seed: request.settings.seed
    ).augment(examples)
  }

  var folder: URL { model.location }
  var trainingCount: Int { plan.training.examples.count }
  /// Of quantised weights the transposed copy for the way back counts too.
  var bytesPerFrozenWeight: Double { model.decoder.precision == .float32 ? 4 : 2.2 }
  var heldOut: [PackedSequence] { test.map { PackedSequence([$0.encoded]) } }
  var testDocuments: [String] { test.map(\.document) }
  var generalTexts: [String] { GeneralTexts.all }
  var taskType: String { "CAUSAL_LM" }

  var general: [PackedSequence] {
    GeneralTexts.all.map { text in
      let tokens = model.tokenizer.ids(of: text)
      return PackedSequence([EncodedExample(tokens: tokens, isLearnt: tokens.map { _ in true })])
    }
  }

  func shown(_ index: Int) -> [(token: Int32, text: String, isLearnt: Bool)] {
    let example = plan.training.examples[index]
    return zip(example.tokens, example.isLearnt).map {
      ($0, model.tokenizer.token(for: $0) ?? "", $1)
    }
  }

  func influence(in run: URL) throws -> TuningInfluence {
    try TuningInfluence(
      trainer,
      run: run,
      examples: trained,
      encoder: encoder,
      settings: request.settings
    )
  }
}
