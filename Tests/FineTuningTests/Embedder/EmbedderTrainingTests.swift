import FineTuning
import Foundation
import Kernels
import LanguageModels
import Testing
import Tokenizers

@Suite struct EmbedderTrainingTests {
  private func trained(steps: Int) throws -> (EmbedderTraining, TrainingResult) {
    let kernels = try KernelSet.active()
    let model = try EmbedderTraining(
      folder: TinyRanking.folder,
      method: .lowRank(TinyRanking.adapter()),
      seed: 3
    )
    var settings = TrainingSettings()
    settings.learningRate = 2e-2
    settings.length = .steps(steps)
    settings.adapter = TinyRanking.adapter()
    let plan = try RankingPlan(training: TinyRanking.data(), settings: TinyRanking.settings)
    let trainer = try Trainer(model, plan: plan, settings: settings, base: "t", kernels: kernels)
    return (model, try trainer.run())
  }

  /// How many questions find their own passage first.
  private func found(_ encoder: SentenceEncoder) throws -> Int {
    let passages = try TinyRanking.passages.map { try encoder.encode($0) }
    return try TinyRanking.examples.count { example in
      let question = try encoder.encode(example.question)
      let scores = passages.map { zip($0, question).reduce(0) { $0 + $1.0 * $1.1 } }
      return scores.indices.max { scores[$0] < scores[$1] } == example.positives[0]
    }
  }

  @Test func aTinyEmbedderLearnsWhichPassageAnswersAndItsAdapterRuns() throws {
    let before = try found(SentenceEncoder(folder: TinyRanking.folder))
    let (model, result) = try trained(steps: 90)
    #expect((result.curve.points.last?.smoothedLoss ?? 9) < (result.curve.points[0].loss) / 2)
    let adapter = try LowRankAdapter(
      parameters: model.parameters,
      settings: TinyRanking.adapter()
    )
    let after = try found(SentenceEncoder(folder: TinyRanking.folder, adapter: adapter))
    #expect(after >= 18)
    #expect(after > before)
  }

  @Test func mergedItIsAModelOfItsOwn() throws {
    let model = try trained(steps: 5).0
    let adapter = try LowRankAdapter(
      parameters: model.parameters,
      settings: TinyRanking.adapter()
    )
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-merged-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try ModelMerging.merge(adapter, with: TinyRanking.folder, into: folder)
    let merged = try SentenceEncoder(folder: folder)
    let adapted = try SentenceEncoder(folder: TinyRanking.folder, adapter: adapter)
    #expect(merged.maximumTokens == adapted.maximumTokens && merged.isNormalized)
    for text in TinyRanking.passages.prefix(3) {
      for (first, second) in zip(try merged.encode(text), try adapted.encode(text)) {
        #expect(abs(first - second) < 1e-5)
      }
    }
  }

  @Test func theSameSeedGivesTheSameBits() throws {
    let first = try trained(steps: 4).0.parameters.map { $0.value.row(0) }
    let second = try trained(steps: 4).0.parameters.map { $0.value.row(0) }
    #expect(first == second)
  }

  @Test func trainingPoolsAsTheModelDoes() throws {
    // In a copy of the model that takes the first token's vector, the loss is that of such vectors.
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-first-token-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: TinyRanking.folder, to: folder)
    try Data(#"{"pooling_mode_cls_token": true}"#.utf8)
      .write(to: folder.appendingPathComponent("1_Pooling/config.json"))
    let data = try TinyRanking.data()
    let batch = RankingBatch(
      questions: Array(data.questions.prefix(4)),
      passages: [data.passages[0], data.passages[0], data.passages[1], data.passages[1]]
    )
    let texts = TinyRanking.examples.prefix(4).map(\.question)
    for place in [folder, TinyRanking.folder] {
      let model = try EmbedderTraining(
        folder: place,
        method: .lowRank(TinyRanking.adapter()),
        seed: 1
      )
      let encoder = try SentenceEncoder(folder: place)
      let questions = try texts.map { try encoder.encode($0) }
      let passages = try [0, 0, 1, 1].map { try encoder.encode(TinyRanking.passages[$0]) }
      var expected = 0.0
      for (row, question) in questions.enumerated() {
        let scores = passages.map { passage in
          20 * zip(passage, question).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let highest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - highest) }
        expected += highest + log(sum) - scores[row]
      }
      #expect(abs(try model.loss(of: batch).sum - expected) < 1e-3)
    }
  }

  @Test func aModelWhoseVectorsHaveAnyLengthIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-lengths-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: TinyRanking.folder, to: folder)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("modules.json"))
    #expect {
      try EmbedderTraining(folder: folder, method: .full, seed: 1)
    } throws: { error in
      (error as? FineTuningError)?.code == .unsuitableModel
    }
  }
}
