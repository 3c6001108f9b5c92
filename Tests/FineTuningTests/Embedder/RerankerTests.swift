import FineTuning
import Kernels
import Testing
import Tokenizers

@Suite struct RerankerTests {
  @Test func pairsHaveOneAnswerAndNegativesThatAreNone() throws {
    let data = try TinyRanking.data()
    var settings = TinyRanking.settings
    settings.negativesPerQuestion = 2
    settings.tokensPerPass = 100
    let plan = try PairPlan(
      training: data,
      negatives: data.examples.map { $0.positives + [11] },
      settings: settings
    )
    for step in 0..<6 {
      let batches = plan.batches(ofStep: step)
      #expect(batches.allSatisfy { plan.tokens(of: $0) <= 100 })
      let labels = batches.flatMap(\.labels)
      #expect(labels.count == 24)
      #expect(labels.count { $0 == 1 } == 8)
      for (pair, types) in batches.flatMap({ zip($0.pairs, $0.types) }) {
        #expect(pair.count == types.count)
        // [CLS] question [SEP] passage [SEP]
        #expect(pair.first == 2 && pair.last == 3 && pair.count { $0 == 3 } == 2)
        #expect(types == types.sorted())
        #expect(types.count { $0 == 0 } == (pair.firstIndex(of: 3) ?? 0) + 1)
      }
      #expect(plan.batches(ofStep: step) == batches)
    }
  }

  @Test func aTinyRerankerLearnsAndItsScorerPutsAnswersFirst() throws {
    let kernels = try KernelSet.active()
    let encoder = try TrainableEncoder(
      folder: TinyRanking.folder,
      method: .full,
      seed: 2,
      scoresPairs: true
    )
    let model = RerankerTraining(encoder)
    var settings = TrainingSettings()
    settings.learningRate = 3e-3
    settings.length = .steps(240)
    settings.adapter = nil
    var ranking = TinyRanking.settings
    ranking.negativesPerQuestion = 3
    let plan = try PairPlan(training: TinyRanking.data(), settings: ranking)
    let trainer = try Trainer(model, plan: plan, settings: settings, base: "t", kernels: kernels)
    let result = try trainer.run()
    #expect((result.curve.points.last?.smoothedLoss ?? 9) < result.curve.points[0].loss / 2)
    let scorer = try PairScorer(
      encoder,
      tokenizer: Tokenizer.load(folder: TinyRanking.folder),
      settings: ranking
    )
    let right = try TinyRanking.examples.count { example in
      let scores = try scorer.scores(
        question: example.question,
        passages: TinyRanking.passages
      )
      return scores.indices.max { scores[$0] < scores[$1] } == example.positives[0]
    }
    #expect(right >= 18)
  }

  @Test func aModelWithoutAHeadIsRefused() throws {
    let encoder = try TrainableEncoder(
      folder: TinyRanking.folder,
      method: .lowRank(TinyRanking.adapter()),
      seed: 1
    )
    #expect(throws: FineTuningError.self) {
      try PairScorer(encoder, tokenizer: Tokenizer.load(folder: TinyRanking.folder))
    }
  }
}
