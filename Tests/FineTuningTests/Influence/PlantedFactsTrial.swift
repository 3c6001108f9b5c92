import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels
import TestSupport
import Tokenizers

/// Trains a small model on examples with planted facts, traces the questions about these, and trains it
/// again without what was named.
struct PlantedFactsTrial {
  /// What came out, fact by fact.
  struct Outcome {
    /// The planted example's place, from 0, by influence.
    var influence: [Int] = []
    /// Its place by words of question and answer.
    var words: [Int] = []
    /// Its place by words of the answer alone.
    var answerWords: [Int] = []
    /// The loss on the question's answer after training on everything.
    var loss: [Double] = []
    /// The same after training without the five examples that were named for the question.
    var withoutNamed: [Double] = []
    /// The same after training without the first five by words of question and answer.
    var withoutWorded: [Double] = []
    /// The same after training without five random ones.
    var withoutRandom: [Double] = []

    /// How many facts have their planted example among the first five.
    static func found(_ places: [Int]) -> Int { places.count { $0 < named } }

    /// For how many facts the named five are missed more than the random five.
    var missed: Int { zip(withoutNamed, withoutRandom).count { $0 > $1 } }
  }

  /// How many examples are named for a question.
  static let named = 5
  /// Facts whose examples are left out together, so that fifteen trainings do.
  private static let group = 10

  let seed: UInt64
  let model: LanguageModel
  let facts: PlantedFacts
  private let examples: [EncodedExample]
  private let questions: [PackedSequence]
  private let settings: TrainingSettings

  init(seed: UInt64, model place: URL) throws {
    self.seed = seed
    model = try LanguageModel(contentsOf: place, precision: .float32)
    facts = PlantedFacts(seed: seed)
    let tokenizer = model.tokenizer
    // Begin and end of text stand around question and answer, as the model was trained.
    func encode(_ item: PlantedFacts.Item) -> EncodedExample {
      let question =
        [1] + tokenizer.ids(of: item.question, addSpecialTokens: false)
      let answer = tokenizer.ids(of: item.answer, addSpecialTokens: false) + [2]
      return EncodedExample(
        tokens: question + answer,
        isLearnt: question.map { _ in false } + answer.map { _ in true }
      )
    }
    examples = facts.examples.map(encode)
    questions = facts.facts.map { PackedSequence([encode($0.asked)]) }
    var settings = TrainingSettings()
    settings.learningRate = 5e-3
    settings.length = .epochs(8)
    settings.seed = seed
    self.settings = settings
  }

  /// The training's examples in their steps, some of them left out: the others stay in their steps.
  private struct Plan: TrainingPlan {
    let examples: [EncodedExample]
    let order: StepOrder
    let without: Set<Int>
    var validation: [PackedSequence] { [] }
    var stepsPerEpoch: Int { order.stepsPerEpoch }
    var fingerprint: String { "planted facts" }

    func batches(ofStep step: Int) -> [PackedSequence] {
      let items = order.items(ofStep: step).filter { !without.contains($0) }
      return SequencePacker(capacity: 1024).pack(items.map { examples[$0] })
    }

    func tokens(of batch: PackedSequence) -> Int { batch.tokens.count }
  }

  private func trainer(without: Set<Int> = []) throws -> Trainer<TrainableDecoder> {
    let order = StepOrder(
      lengths: examples.map(\.tokens.count),
      size: settings.stepSize,
      seed: seed
    )
    return try Trainer(
      try TrainableDecoder(
        model.decoder,
        method: .lowRank(settings.adapter ?? LoRASettings()),
        seed: seed
      ),
      plan: Plan(examples: examples, order: order, without: without),
      settings: settings,
      base: "stories260k",
      kernels: model.decoder.kernels
    )
  }

  /// The mean loss on the answers of some questions.
  private func losses(_ trained: TrainableDecoder, _ range: Range<Int>) throws -> [Double] {
    try questions[range].map { try trained.loss(of: $0).mean }
  }

  /// Runs all of it; takes minutes.
  func run(in folder: URL) throws -> Outcome {
    var outcome = Outcome()
    let trainer = try trainer()
    let recorder = try InfluenceRecorder(trainer, folder: folder)
    let result = try trainer.run { try recorder.note($0) }
    let index = try recorder.finish(
      result,
      examples: examples.enumerated().map { (String($0), PackedSequence([$1])) }
    )
    outcome.loss = try losses(trainer.model, questions.indices)
    let texts = facts.examples.map { $0.question + " " + $0.answer }
    let words = WordRanking(texts)
    var named: [[Int]] = []
    var worded: [[Int]] = []
    for (fact, question) in zip(facts.facts, questions) {
      let places = try index.topExamples(of: question, by: trainer.model, count: examples.count)
        .map(\.place)
      named.append(Array(places.prefix(Self.named)))
      func rank(_ places: [Int]) -> Int { places.firstIndex(of: fact.planted) ?? places.count }
      outcome.influence.append(rank(places))
      let byWords = words.ranked(fact.asked.question + " " + fact.asked.answer)
      worded.append(Array(byWords.prefix(Self.named)))
      outcome.words.append(rank(byWords))
      outcome.answerWords.append(rank(words.ranked(fact.asked.answer)))
    }
    var random = SplitMix64(seed: seed &+ 1)
    for start in stride(from: 0, to: questions.count, by: Self.group) {
      let range = start..<min(start + Self.group, questions.count)
      let left = Set(named[range].joined())
      // As many others, at random.
      let others = examples.indices.filter { !left.contains($0) }.shuffled(using: &random)
      func losses(without: Set<Int>) throws -> [Double] {
        let trainer = try self.trainer(without: without)
        _ = try trainer.run()
        return try self.losses(trainer.model, range)
      }
      outcome.withoutNamed += try losses(without: left)
      outcome.withoutWorded += try losses(without: Set(worded[range].joined()))
      outcome.withoutRandom += try losses(without: Set(others.prefix(left.count)))
    }
    return outcome
  }
}
