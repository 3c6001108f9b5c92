import Datasets
import FineTuning
import Foundation
import Kernels
import TestSupport
import Testing

/// What a recorder keeps beside a training, and what an index says of it.
@Suite struct InfluenceIndexTests {
  private let folder = try? TemporaryDirectory()

  private func place(_ name: String = "influence") throws -> URL {
    try #require(folder).url.appendingPathComponent(name)
  }

  /// A training without validation that records.
  private func training() -> ToyTraining {
    var training = ToyTraining()
    training.validation = []
    return training
  }

  private func batches(_ training: ToyTraining) -> [(identifier: String, batch: PackedSequence)] {
    training.training.enumerated().map { ("example-\($0)", PackedSequence([$1])) }
  }

  private func recorded(
    _ training: ToyTraining,
    _ settings: InfluenceSettings = InfluenceSettings(),
    in folder: URL
  ) throws -> (model: ToyModel, index: InfluenceIndex) {
    let model = try ToyModel(seed: 3)
    let trainer = try training.trainer(model)
    let recorder = try InfluenceRecorder(trainer, settings: settings, folder: folder)
    let result = try trainer.run { try recorder.note($0) }
    return (model, try recorder.finish(result, examples: batches(training)))
  }

  private func values(_ model: ToyModel) -> [UInt32] {
    ToyOutcome.bits(model.parameters.map(\.value))
  }

  @Test func momentsAreTheMiddlesOfEqualParts() {
    var settings = InfluenceSettings()
    #expect(settings.steps(of: 30) == [3, 9, 15, 21, 27])
    settings.snapshots = 3
    #expect(settings.steps(of: 6) == [1, 3, 5])
    #expect(settings.steps(of: 2) == [1, 2])
    #expect(settings.steps(of: 1) == [1])
  }

  @Test func anExampleIsMostLikeItself() throws {
    let training = training()
    let (model, index) = try recorded(training, in: place())
    #expect(index.examples.count == training.training.count)
    #expect(index.steps == [3, 9, 15, 21, 27])
    let before = values(model)
    for place in [0, 7, 31] {
      let batch = PackedSequence([training.training[place]])
      let top = try index.topExamples(of: batch, by: model, count: 3)
      #expect(top.count == 3)
      #expect(top[0].identifier == "example-\(place)")
      #expect(top[0].place == place)
      #expect(abs(top[0].score - 1) < 0.01)
      #expect(top[0].score >= top[1].score && top[1].score >= top[2].score)
    }
    #expect(values(model) == before)
    #expect(model.parameters.allSatisfy { $0.gradient.row(0).allSatisfy { $0 == 0 } })
  }

  @Test func recordingChangesNothingOfTheTraining() throws {
    let training = training()
    let plain = try ToyModel(seed: 3)
    _ = try training.trainer(plain).run()
    let (model, _) = try recorded(training, in: place())
    #expect(values(model) == values(plain))
  }

  @Test func scoresAreTheCosinesOfTheGradients() throws {
    let training = training()
    var settings = InfluenceSettings()
    settings.snapshots = 1
    settings.dimension = 1 << 16
    // Under this seed no two values share a place, so that only rounding is left.
    settings.seed = 1
    let model = try ToyModel(seed: 3)
    let trainer = try training.trainer(model)
    let recorder = try InfluenceRecorder(trainer, settings: settings, folder: place())
    let query = PackedSequence([ToyTraining.examples(1, seed: 77)[0]])
    var expected: [Double] = []
    let result = try trainer.run { progress in
      try recorder.note(progress)
      guard progress.step == 15 else { return }
      // As a step of AdamW sees gradients: each value divided by the fourth root of its mean square.
      let factors = trainer.optimizer.second.flatMap { second in
        (0..<second.rows).flatMap { second.row($0) }.map { value in
          1 / (Double(value) / (1 - pow(0.999, 15))).squareRoot().squareRoot()
        }
      }
      func gradient(_ batch: PackedSequence) throws -> [Double] {
        trainer.optimizer.clearGradients()
        _ = try model.addGradients(of: batch, scale: 1)
        let values = model.parameters.flatMap { parameter in
          (0..<parameter.gradient.rows).flatMap { parameter.gradient.row($0) }
        }
        return zip(values, factors).map { $0 == 0 ? 0 : Double($0) * $1 }
      }
      func product(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let asked = try gradient(query)
      expected = try training.training.map { example in
        let given = try gradient(PackedSequence([example]))
        return product(given, asked)
          / (product(given, given) * product(asked, asked)).squareRoot()
      }
    }
    let index = try recorder.finish(result, examples: batches(training))
    let scores = try index.scores(of: query, by: model)
    #expect(scores.count == expected.count)
    for (ours, exact) in zip(scores, expected) { #expect(abs(ours - exact) < 0.002) }
  }

  @Test func theSameTrainingGivesTheSameBytes() throws {
    let training = training()
    let first = try place("first")
    let second = try place("second")
    _ = try recorded(training, in: first)
    _ = try recorded(training, in: second)
    let names = try FileManager.default.contentsOfDirectory(atPath: first.path).sorted()
    #expect(names.count == 6)
    for name in names {
      let bytes = try Data(contentsOf: first.appendingPathComponent(name))
      #expect(try bytes == Data(contentsOf: second.appendingPathComponent(name)), "\(name)")
    }
  }

  @Test func aResumedTrainingHasTheSameIndex() throws {
    var training = training()
    training.file = try place("run.safetensors")
    let (_, undisturbed) = try recorded(training, in: place("undisturbed"))
    let resumed = try place("resumed")
    do {
      let trainer = try training.trainer(ToyModel(seed: 3))
      let recorder = try InfluenceRecorder(trainer, folder: resumed)
      let stop = StopRequest()
      let result = try trainer.run(stop: stop) { progress in
        try recorder.note(progress)
        if progress.step == 12 { stop.stop() }
      }
      #expect(result.outcome == .interrupted)
    }
    let model = try ToyModel(seed: 4)
    let trainer = try training.trainer(model)
    try trainer.resume(from: TrainingCheckpoint(try #require(training.file)))
    let recorder = try InfluenceRecorder(trainer, folder: resumed)
    let result = try trainer.run { try recorder.note($0) }
    let index = try recorder.finish(result, examples: batches(training))
    #expect(index.steps == undisturbed.steps)
    let query = PackedSequence([training.training[5]])
    #expect(
      try index.scores(of: query, by: model) == undisturbed.scores(of: query, by: model)
    )
  }

  @Test func momentsAfterTheBestEvaluationDoNotCount() throws {
    var training = ToyTraining()
    training.settings.learningRate = 0.5
    training.settings.schedule = .constant
    let model = try ToyModel(seed: 3)
    let trainer = try training.trainer(model)
    var settings = InfluenceSettings()
    settings.snapshots = 30
    let recorder = try InfluenceRecorder(trainer, settings: settings, folder: place())
    let result = try trainer.run { try recorder.note($0) }
    let best = try #require(result.best)
    let index = try recorder.finish(result, examples: batches(training))
    #expect(best.step < 30)
    #expect(index.steps.allSatisfy { $0 <= max(1, best.step) } || index.steps == [30])
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    let training = training()
    let folder = try place()
    let (model, index) = try recorded(training, in: folder)
    let query = PackedSequence([training.training[0]])
    let silent = EncodedExample(tokens: [1, 2, 3], isLearnt: [false, false, false])
    #expect(throws: FineTuningError.self) {
      try index.scores(of: PackedSequence([silent]), by: model)
    }
    let moment = folder.appendingPathComponent("step-9.safetensors")
    let bytes = try Data(contentsOf: moment)
    try bytes.prefix(bytes.count / 2).write(to: moment)
    let error = #expect(throws: FineTuningError.self) { try index.scores(of: query, by: model) }
    #expect(error?.code == .unusableInfluence)
    let file = folder.appendingPathComponent("influence.safetensors")
    try Data("nothing of the kind".utf8).write(to: file)
    let damage = #expect(throws: FineTuningError.self) { try InfluenceIndex(folder: folder) }
    #expect(damage?.code == .unusableInfluence)
    try FileManager.default.removeItem(at: file)
    #expect(!InfluenceIndex.exists(in: folder))
    #expect(throws: FineTuningError.self) { try InfluenceIndex(folder: folder) }
  }

  @Test(arguments: [0, 101])
  func settingsOutOfTheirRangeAreRefused(_ snapshots: Int) throws {
    var settings = InfluenceSettings()
    settings.snapshots = snapshots
    let trainer = try training().trainer(ToyModel(seed: 1))
    let error = #expect(throws: FineTuningError.self) {
      try InfluenceRecorder(trainer, settings: settings, folder: try place())
    }
    #expect(error?.code == .invalidSettings)
  }
}
