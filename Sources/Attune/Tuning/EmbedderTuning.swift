import Datasets
public import FineTuning
import Foundation
import Kernels
import LanguageModels
import Tokenizers

/// A tuning of an embedder, from reading the examples to keeping the adapter.
public final class EmbedderTuning: Tuning {
  /// What was asked for.
  public let request: EmbedderTuningRequest
  /// How many examples were left out for want of a question or a passage.
  public var leftOut: Int { questions.leftOut }

  private let library: AdapterLibrary
  private let tuningRun: TuningRun
  private let folder: URL
  private let questions: TuningQuestions
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
  ///   - resumes: whether an interrupted run of this name goes on.
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
    resumes: Bool,
    now: @escaping () -> Date = Date.init
  ) throws {
    self.folder = folder
    self.now = now
    var request = request
    request.model = modelName
    request.ranking.seed = request.settings.seed
    self.request = request
    let library = AdapterLibrary(folder: layout.adapters)
    self.library = library
    try library.requireFree(request.name)
    tuningRun = TuningRun(request.name, in: layout)
    if !resumes { try tuningRun.requireNew() }
    kernels = try KernelSet.active()
    let questions = try TuningQuestions(
      request.data,
      examples,
      embedded: embedded,
      others: Self.others,
      takesStoredOnly: false,
      since: request.parent,
      in: library,
      seed: request.settings.seed
    )
    self.questions = questions
    guard let shape = request.settings.adapter else {
      throw AttuneError(
        .tuningInvalid,
        "An embedder is tuned with an adapter.",
        subject: "adapter",
        remedy: "Leave the adapter's settings as they are."
      )
    }
    let model = try EmbedderTraining(
      folder: folder,
      method: .lowRank(shape),
      temperature: request.temperature,
      seed: request.settings.seed,
      kernels: kernels
    )
    self.model = model
    let base = try SentenceEncoder(
      folder: folder,
      adapter: request.parent.map { try library.adapter($0) }
    )
    if let parent = request.parent { try model.encoder.start(from: library.adapter(parent)) }
    let tokenizer = try Tokenizer.load(folder: folder)
    let ranking = request.ranking
    func tokens(_ examples: [Example]) throws -> RankingData {
      try questions.tokens(
        examples,
        tokenizer,
        ranking,
        maximumTokens: model.encoder.configuration.maximumPositions
      )
    }
    let (data, corpus) = (questions.data, questions.corpus)
    let training = try tokens(data.train)
    var negatives = data.train.map { corpus.distractors(of: $0) }
    if ranking.negativesPerQuestion > 0 {
      let encoder = TuningCorpus.Vectors(base, kernels: kernels)
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
      checkpointFile: tuningRun.checkpoint,
      kernels: kernels
    )
    if resumes { try trainer.resume(from: TrainingCheckpoint(tuningRun.checkpoint)) }
  }

  public var name: String { request.name }
  public var role: AdapterRecord.Role { .embedder }
  public var counts: AdapterRecord.Counts { questions.counts }
  public var size: (steps: Int, trained: Int) { (trainer.steps, model.counts.trained) }

  public func estimate(watts: Double?) throws -> TrainingEstimate {
    try trainer.estimate(tokensPerPass: request.ranking.tokensPerPass, watts: watts)
  }

  /// Trains, chooses the strength, measures and keeps the adapter.
  public func run(
    stop: StopRequest,
    progress: (TuningPhase) throws -> Void
  ) throws -> AdapterRecord? {
    try tuningRun.begin(.embedder(request))
    let result = try trainer.run(stop: stop) { try progress(.trained($0)) }
    guard result.outcome != .interrupted else { return nil }
    var trained = try model.encoder.adapter()
    let fingerprint = try BaseModelFingerprint(modelAt: folder)
    trained.baseModelName = request.model
    trained.baseFingerprint = fingerprint
    trained.taskType = "FEATURE_EXTRACTION"

    try progress(.measuring(done: 0, of: 3))
    let before = try vectors(request.parent.map { try library.adapter($0) })
    let strength = try request.strength ?? strength(trained, before)
    try progress(.measuring(done: 1, of: 3))
    let adapter = try trained.scaled(by: strength)
    let after = try vectors(adapter)
    var record = AdapterRecord(
      trained: name,
      role: .embedder,
      created: now(),
      baseModel: request.model ?? "",
      fingerprint: fingerprint,
      data: questions.data,
      counts: counts,
      settings: request.settings,
      result: result,
      parent: request.parent
    )
    record.strength = strength
    record.retrieval = try questions.corpus.comparison(of: questions.data.test, before, after)
    try progress(.measuring(done: 2, of: 3))
    record.generalRetrieval = try TuningCorpus.general(before, after)
    try progress(.measuring(done: 3, of: 3))
    try library.save(
      adapter,
      record,
      trainedOn: library.trained(on: questions.data, since: request.parent)
    )
    tuningRun.remove()
    return record
  }

  private func vectors(_ adapter: LowRankAdapter?) throws -> TuningCorpus.Vectors {
    TuningCorpus.Vectors(try SentenceEncoder(folder: folder, adapter: adapter), kernels: kernels)
  }

  /// The strength that finds most for validation questions, among those that do not forget.
  private func strength(
    _ trained: LowRankAdapter,
    _ before: TuningCorpus.Vectors
  ) throws -> Double {
    let validation = questions.data.validation
    guard !validation.isEmpty else { return 0.5 }
    let generalBefore = try TuningCorpus.generalScores(before)
    var best: (strength: Double, score: Double)?
    for strength in Self.strengths {
      let after = try vectors(trained.scaled(by: strength))
      let general = try Self.mean(TuningCorpus.generalScores(after)) - Self.mean(generalBefore)
      guard general >= Self.tolerance else { continue }
      let score = try Self.mean(questions.corpus.scores(of: validation, after))
      if score > best?.score ?? -1 { best = (strength, score) }
    }
    return best?.strength ?? Self.strengths.last ?? 1
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }
}
