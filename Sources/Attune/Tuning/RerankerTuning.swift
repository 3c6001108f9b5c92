import Datasets
import Documents
public import FineTuning
import Foundation
import Kernels
import Knowledge
import LanguageModels
import Tokenizers

/// A tuning of a reranker, from searching for hard negatives to keeping the adapter.
public final class RerankerTuning: Tuning {
  /// What was asked for.
  public let request: RerankerTuningRequest
  /// How many examples were left out: without a question, or without a passage of this workspace.
  public var leftOut: Int { questions.leftOut }

  private let library: AdapterLibrary
  private let tuningRun: TuningRun
  private let folder: URL
  private let questions: TuningQuestions
  private let searcher: Searcher
  /// How many hits are read.
  private let depth: Int
  private let model: RerankerTraining
  private let trainer: Trainer<RerankerTraining>
  private let tokenizer: Tokenizer
  private let now: () -> Date

  /// What a sure answer can add.
  private static let weights = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2, 4]
  /// What it adds where there is nothing to choose on.
  private static let usualWeight = 0.2
  /// The most questions that a weight is chosen on, and that are measured.
  private static let measured = 300

  /// Reads the examples, loads the model and searches.
  ///
  /// - Parameters:
  ///   - request: what is wanted.
  ///   - examples: the examples of the data that the request names.
  ///   - embedded: for the text of a passage of the workspace what is embedded for it.
  ///   - session: the workspace, for its search.
  ///   - layout: where the workspace keeps things.
  ///   - modelName: the model's name.
  ///   - folder: the model's folder.
  ///   - resumes: whether an interrupted run of this name goes on.
  ///   - now: the time.
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where there is nothing to learn from; what is wrong
  ///   with settings, examples or the model's files.
  init(
    _ request: RerankerTuningRequest,
    examples: [Example],
    embedded: [String: String],
    session: WorkspaceSession,
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
    let questions = try TuningQuestions(
      request.data,
      examples,
      embedded: embedded,
      others: .max,
      takesStoredOnly: true,
      since: request.parent,
      in: library,
      seed: request.settings.seed
    )
    self.questions = questions
    guard let shape = request.settings.adapter else {
      throw AttuneError(
        .tuningInvalid,
        "A reranker is tuned with an adapter.",
        subject: "adapter",
        remedy: "Leave the adapter's settings as they are."
      )
    }
    var search = session.configuration.search
    search.mode = .hybrid
    depth = search.rerank > 0 ? search.rerank : SearchSettings().rerank
    let searcher = Searcher(store: session.store, embedder: session.embedder, settings: search)
    self.searcher = searcher
    let model =
      try request.parent.map {
        try library.rerankerTraining(library.record(of: $0), base: folder)
      }
      ?? RerankerTraining(
        folder: folder,
        method: .lowRank(shape),
        seed: request.settings.seed
      )
    self.model = model
    let tokenizer = try Tokenizer.load(folder: folder)
    self.tokenizer = tokenizer
    let (ranking, depth) = (request.ranking, depth)
    func tokens(_ examples: [Example]) throws -> RankingData {
      try questions.tokens(
        examples,
        tokenizer,
        ranking,
        maximumTokens: model.encoder.configuration.maximumPositions
      )
    }
    func negatives(_ examples: [Example]) throws -> [[Int]] {
      try examples.map { example in
        let found = try searcher.search(example.question ?? "", limit: depth)
        return questions.corpus.distractors(of: example)
          + found.compactMap { questions.corpus.number(of: $0.passage.passage.text) }
      }
    }
    let data = questions.data
    let plan = try PairPlan(
      training: tokens(data.train),
      negatives: negatives(data.train),
      validation: data.validation.isEmpty ? nil : tokens(data.validation),
      validationNegatives: negatives(data.validation),
      settings: ranking
    )
    trainer = try Trainer(
      model,
      plan: plan,
      settings: request.settings,
      base: BaseModelFingerprint(modelAt: folder)?.text ?? modelName,
      checkpointFile: tuningRun.checkpoint,
      kernels: KernelSet.active()
    )
    if resumes { try trainer.resume(from: TrainingCheckpoint(tuningRun.checkpoint)) }
  }

  public var name: String { request.name }
  public var role: AdapterRecord.Role { .reranker }
  public var counts: AdapterRecord.Counts { questions.counts }
  public var size: (steps: Int, trained: Int) { (trainer.steps, model.counts.trained) }

  public func estimate(watts: Double?) throws -> TrainingEstimate {
    try trainer.estimate(tokensPerPass: request.ranking.tokensPerPass, watts: watts)
  }

  public func run(
    stop: StopRequest,
    progress: (TuningPhase) throws -> Void
  ) throws -> AdapterRecord? {
    try tuningRun.begin(.reranker(request))
    let result = try trainer.run(stop: stop) { try progress(.trained($0)) }
    guard result.outcome != .interrupted else { return nil }
    var adapter = try model.encoder.adapter()
    let fingerprint = try BaseModelFingerprint(modelAt: folder)
    adapter.baseModelName = request.model
    adapter.baseFingerprint = fingerprint
    adapter.taskType = "SEQ_CLS"
    var record = AdapterRecord(
      trained: name,
      role: .reranker,
      created: now(),
      baseModel: request.model ?? "",
      fingerprint: fingerprint,
      data: questions.data,
      counts: counts,
      settings: request.settings,
      result: result,
      parent: request.parent
    )
    record.ranking = request.ranking
    try measure(&record, progress)
    try library.save(
      adapter,
      record,
      trainedOn: library.trained(on: questions.data, since: request.parent)
    ) { [model] in
      try model.writeClassifier(to: $0.appending(path: AdapterLibrary.classifierName))
    }
    tuningRun.remove()
    return record
  }

  // MARK: Measuring

  /// Chooses the weight on validation questions, and measures on held-out ones.
  private func measure(
    _ record: inout AdapterRecord,
    _ progress: (TuningPhase) throws -> Void
  ) throws {
    let validation = request.weight == nil ? try ranked(questions.data.validation) : []
    let test = try ranked(questions.data.test)
    let count = validation.count + test.count
    var done = 0
    func read(_ questions: [RankedQuestion], _ scorer: PairScorer) throws -> [[Double]] {
      try questions.map { question in
        let probabilities = try scorer.probabilities(
          question: question.text,
          passages: question.found.map { self.questions.corpus.passages[$0] }
        )
        done += 1
        try progress(.measuring(done: min(done, count), of: count))
        return probabilities
      }
    }
    let after = try scorer(model, request.ranking)
    let weight = try request.weight ?? Self.weight(validation, read(validation, after))
    record.strength = weight
    let start = ContinuousClock.now
    let probabilities = try read(test, after)
    if !test.isEmpty {
      record.secondsPerQuestion = (ContinuousClock.now - start) / .seconds(1) / Double(test.count)
    }
    // What was in use before: the parent, or nothing.
    var before = test.map { $0.nDCG() }
    if let parent = try request.parent.map({ try library.record(of: $0) }) {
      let scorer = try scorer(
        library.rerankerTraining(parent, base: folder),
        parent.ranking ?? request.ranking
      )
      before = try zip(test, read(test, scorer)).map {
        $0.nDCG($1, weight: parent.strength ?? 1)
      }
    }
    record.retrieval = RetrievalComparison(
      before: before,
      after: zip(test, probabilities).map { $0.nDCG($1, weight: weight) },
      documents: test.map(\.document),
      passages: questions.corpus.passages.count
    )
  }

  private func scorer(_ model: RerankerTraining, _ ranking: RankingSettings) throws -> PairScorer {
    try PairScorer(model.encoder, tokenizer: tokenizer, settings: ranking)
  }

  /// The smallest weight with which no more than a standard error less is found than with the best: on few
  /// questions the best is often an accident (Breiman et al. 1984, the one-standard-error rule).
  private static func weight(_ questions: [RankedQuestion], _ read: [[Double]]) -> Double {
    guard questions.count > 1 else { return usualWeight }
    let found = weights.map { weight in
      zip(questions, read).map { $0.nDCG($1, weight: weight) }
    }
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    guard let best = found.max(by: { sum($0) < sum($1) }) else { return usualWeight }
    let isClose = found.map { values in
      let less = zip(best, values).map { $0 - $1 }
      let mean = sum(less) / Double(less.count)
      let squares = sum(less.map { ($0 - mean) * ($0 - mean) })
      let error = (squares / Double(less.count * (less.count - 1))).squareRoot()
      return mean <= error
    }
    return zip(weights, isClose).first { $0.1 }?.0 ?? usualWeight
  }

  /// Some of the questions with what the search finds for them.
  private func ranked(_ examples: [Example]) throws -> [RankedQuestion] {
    var generator = SeededGenerator(seed: request.settings.seed)
    let chosen = examples.indices.shuffled(using: &generator).prefix(Self.measured).sorted()
    let answers = questions.corpus.answers(of: examples)
    return try zip(chosen, chosen.map { examples[$0] }).map { index, example in
      let question = example.question ?? ""
      var found: [Int] = []
      var scores: [Double] = []
      for hit in try searcher.search(question, limit: depth) {
        // A text that stands in two places is found once.
        guard let number = questions.corpus.number(of: hit.passage.passage.text),
          !found.contains(number)
        else { continue }
        found.append(number)
        scores.append(hit.score)
      }
      return RankedQuestion(
        text: question,
        document: DatasetSplitter.group(of: example),
        answers: answers[index],
        found: found,
        scores: scores
      )
    }
  }
}
