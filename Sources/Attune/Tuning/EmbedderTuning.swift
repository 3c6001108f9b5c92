import Datasets
public import FineTuning
import Foundation
import Kernels
import LanguageModels
import Tokenizers

/// A tuning of an embedder, from reading the examples to keeping the adapter. Runs on the caller's
/// thread.
public final class EmbedderTuning {
  /// What was asked for.
  public let request: EmbedderTuningRequest
  /// How many examples each part has; those without a question or a passage are left out.
  public let counts: AdapterRecord.Counts
  /// How many examples were left out for want of a question or a passage.
  public let leftOut: Int
  /// Steps of the training.
  public var steps: Int { trainer.steps }

  private let layout: WorkspaceLayout
  private let library: AdapterLibrary
  private let folder: URL
  private let modelName: String
  private let data: TuningData
  private let corpus: TuningCorpus
  private let model: EmbedderTraining
  private let trainer: Trainer<EmbedderTraining>
  private let kernels: KernelSet
  private let now: () -> Date

  /// Passages besides those of the held-out questions that these are looked for among.
  private static let others = 2000
  /// Strengths to choose from.
  private static let strengths = [1, 0.75, 0.5, 0.35, 0.25]
  /// How much worse general sentences may be found when choosing.
  private static let tolerance = -0.02

  /// Reads the examples and loads the model.
  ///
  /// - Parameters:
  ///   - request: what is wanted.
  ///   - examples: the examples of the data that the request names.
  ///   - embedded: for the text of a passage what is embedded for it, with its title in front.
  ///   - layout: the workspace.
  ///   - modelName: the model's name.
  ///   - folder: the model's folder.
  ///   - now: the time.
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where there is nothing to learn from or to keep the
  ///   adapter as; what is wrong with settings, examples or the model's files.
  init(
    _ request: EmbedderTuningRequest,
    examples: [Example],
    embedded: [String: String],
    layout: WorkspaceLayout,
    modelName: String,
    folder: URL,
    now: @escaping () -> Date = Date.init
  ) throws {
    self.layout = layout
    self.folder = folder
    self.modelName = modelName
    self.now = now
    var request = request
    request.model = modelName
    request.ranking.seed = request.settings.seed
    self.request = request
    library = AdapterLibrary(folder: layout.adapters)
    try library.requireFree(request.name)
    kernels = try KernelSet.active()
    let usable = examples.filter { $0.passage?.isEmpty == false && $0.question != nil }
    leftOut = examples.count - usable.count
    guard !usable.isEmpty else {
      throw AttuneError(
        .tuningInvalid,
        "None of the \(examples.count) examples has a question and the passage that answers it.",
        subject: request.data.name,
        remedy: "Make some from your documents: attune dataset synthesize"
      )
    }
    data = try TuningData(request.data.name, usable, seed: request.settings.seed)
    corpus = TuningCorpus(
      data.all,
      embedded: embedded,
      others: Self.others,
      seed: request.settings.seed
    )
    counts = .init(
      train: data.train.count,
      validation: data.validation.count,
      test: data.test.count
    )
    guard let adapter = request.settings.adapter else {
      throw AttuneError(
        .tuningInvalid,
        "An embedder is tuned with an adapter.",
        subject: "adapter",
        remedy: "Leave the adapter's settings as they are."
      )
    }
    model = try EmbedderTraining(
      folder: folder,
      method: .lowRank(adapter),
      temperature: request.temperature,
      seed: request.settings.seed,
      kernels: kernels
    )
    let tokenizer = try Tokenizer.load(folder: folder)
    let limit = model.encoder.configuration.maximumPositions
    let (ranking, corpus) = (request.ranking, corpus)
    func tokens(_ examples: [Example]) throws -> RankingData {
      try RankingData(
        examples: corpus.ranking(examples),
        passages: corpus.passages,
        tokenizer: tokenizer,
        settings: ranking,
        maximumTokens: limit
      )
    }
    let training = try tokens(data.train)
    var negatives = data.train.map { corpus.distractors(of: $0) }
    if ranking.negativesPerQuestion > 0 {
      let encoder = TuningCorpus.Vectors(try SentenceEncoder(folder: folder), kernels: kernels)
      let mined = try HardNegatives().mine(
        training,
        questions: encoder.vectors(data.train.compactMap(\.question)),
        passages: encoder.vectors(corpus.passages),
        kernels: kernels
      )
      negatives = zip(negatives, mined).map { $0 + $1 }
    }
    let plan = try RankingPlan(
      training: training,
      negatives: negatives,
      validation: data.validation.isEmpty ? nil : tokens(data.validation),
      settings: ranking
    )
    trainer = try Trainer(
      model,
      plan: plan,
      settings: request.settings,
      base: BaseModelFingerprint(modelAt: folder)?.text ?? modelName,
      kernels: kernels
    )
  }

  /// Trains, chooses the strength, measures and keeps the adapter.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: told what is done.
  /// - Returns: the adapter's record; nil where the training was stopped, and nothing is kept.
  /// - Throws: `FineTuningError` where training diverges, and what `progress` and keeping throw.
  public func run(
    stop: StopRequest,
    progress: (TuningPhase) throws -> Void
  ) throws -> AdapterRecord? {
    let result = try trainer.run(stop: stop) { try progress(.trained($0)) }
    guard result.outcome != .interrupted, let settings = request.settings.adapter else {
      return nil
    }
    var trained = try LowRankAdapter(parameters: model.parameters, settings: settings)
    let fingerprint = try BaseModelFingerprint(modelAt: folder)
    trained.baseModelName = modelName
    trained.baseFingerprint = fingerprint
    trained.taskType = "FEATURE_EXTRACTION"

    try progress(.measuring(done: 0, of: 3))
    let before = TuningCorpus.Vectors(try SentenceEncoder(folder: folder), kernels: kernels)
    let strength = try request.strength ?? strength(trained, before)
    try progress(.measuring(done: 1, of: 3))
    let adapter = try trained.scaled(by: strength)
    let after = try vectors(adapter)
    var record = AdapterRecord(
      name: request.name,
      role: .embedder,
      origin: .trained,
      created: now(),
      baseModel: modelName
    )
    record.baseFingerprint = fingerprint?.text
    record.dataset = data.name
    record.datasetVersion = data.version
    record.examples = counts
    record.settings = request.settings
    record.strength = strength
    record.curve = result.curve
    record.seconds = result.duration / .seconds(1)
    record.tokens = result.tokens
    record.retrieval = try corpus.comparison(of: data.test, before, after)
    try progress(.measuring(done: 2, of: 3))
    record.generalRetrieval = try TuningCorpus.general(before, after)
    try progress(.measuring(done: 3, of: 3))
    try library.save(adapter, record, trainedOn: data.train.map(\.identifier).sorted())
    return record
  }

  private func vectors(_ adapter: LowRankAdapter) throws -> TuningCorpus.Vectors {
    TuningCorpus.Vectors(try SentenceEncoder(folder: folder, adapter: adapter), kernels: kernels)
  }

  /// The strength that finds most for validation questions, among those that do not forget.
  private func strength(
    _ trained: LowRankAdapter,
    _ before: TuningCorpus.Vectors
  ) throws -> Double {
    guard !data.validation.isEmpty else { return 0.5 }
    let generalBefore = try TuningCorpus.generalScores(before)
    var best: (strength: Double, score: Double)?
    for strength in Self.strengths {
      let after = try vectors(trained.scaled(by: strength))
      let general = try Self.mean(TuningCorpus.generalScores(after)) - Self.mean(generalBefore)
      guard general >= Self.tolerance else { continue }
      let score = try Self.mean(corpus.scores(of: data.validation, after))
      if score > best?.score ?? -1 { best = (strength, score) }
    }
    return best?.strength ?? Self.strengths.last ?? 1
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }
}
