import Datasets
import FineTuning
import Foundation
import TestSupport
import Testing

@Suite struct ResumeTests {
  private let folder: TemporaryDirectory
  private let file: URL

  init() throws {
    folder = try TemporaryDirectory()
    file = folder.url.appendingPathComponent("run/checkpoint.safetensors")
  }

  /// A training that validates and may stop early, one whose steps are cut by tokens, and one that
  /// does not validate.
  private func training(_ kind: Int) -> ToyTraining {
    var training = ToyTraining(file: file)
    switch kind {
    case 0:
      training.settings.learningRate = 0.4
      training.settings.evaluationInterval = 2
      training.settings.patience = 4
      training.settings.length = .steps(200)
    case 1:
      training.settings.stepSize = .tokens(70)
      training.settings.schedule = .linear
      training.settings.warmUpSteps = 5
    default: training.validation = []
    }
    return training
  }

  private func undisturbed(_ training: ToyTraining) throws -> ToyOutcome {
    var training = training
    training.file = nil
    let trainer = try training.trainer(try ToyModel(seed: 4))
    return ToyOutcome(trainer, try trainer.run())
  }

  @Test(arguments: 0..<3)
  func stoppedAndResumedIsAsIfNotStopped(kind: Int) throws {
    let training = training(kind)
    let expected = try undisturbed(training)
    if kind == 0 { #expect(expected.outcome == .stoppedEarly) }
    var random = SplitMix64(seed: 77)
    for _ in 0..<10 {
      let last = Int.random(in: 1..<expected.step, using: &random)
      let stop = StopRequest()
      let first = try training.trainer(try ToyModel(seed: 4))
      let interrupted = try first.run(stop: stop) { if $0.step == last { stop.stop() } }
      #expect(interrupted.outcome == .interrupted)
      #expect(interrupted.step == last)
      // Another start, so that what is not restored shows.
      let second = try training.trainer(try ToyModel(seed: 5))
      try second.resume(from: try TrainingCheckpoint(file))
      #expect(ToyOutcome(second, try second.run()) == expected, "stopped after step \(last)")
    }
  }

  @Test func stoppedAgainAndAgainIsAsIfNotStopped() throws {
    let training = training(1)
    let expected = try undisturbed(training)
    var result: TrainingResult?
    for round in 0..<100 {
      let trainer = try training.trainer(try ToyModel(seed: round == 0 ? 4 : 5))
      if round > 0 { try trainer.resume(from: try TrainingCheckpoint(file)) }
      let stop = StopRequest()
      result = try trainer.run(stop: stop) { _ in stop.stop() }
      if result?.outcome == .finished {
        #expect(ToyOutcome(trainer, try #require(result)) == expected)
        break
      }
    }
    #expect(result?.outcome == .finished)
  }

  /// A process that dies leaves the checkpoint before, and perhaps half of the next one.
  @Test func aCrashBetweenCheckpointsLosesOnlyTheStepsBetween() throws {
    struct Crash: Error {}
    let training = training(1)
    let expected = try undisturbed(training)
    let first = try training.trainer(try ToyModel(seed: 4))
    #expect(throws: Crash.self) {
      try first.run { if $0.step == 17 { throw Crash() } }
    }
    let half = try Data(contentsOf: file).prefix(500)
    let leftover = folder.url.appendingPathComponent("run/.checkpoint.safetensors.1234")
    try half.write(to: leftover)
    let checkpoint = try TrainingCheckpoint(file)
    #expect(checkpoint.step == 14)
    let second = try training.trainer(try ToyModel(seed: 5))
    try second.resume(from: checkpoint)
    #expect(ToyOutcome(second, try second.run()) == expected)
    #expect(!FileManager.default.fileExists(atPath: leftover.path))
  }

  @Test func aFinishedTrainingResumesToItsResult() throws {
    let training = training(1)
    let expected = try undisturbed(training)
    _ = try training.trainer(try ToyModel(seed: 4)).run()
    let again = try training.trainer(try ToyModel(seed: 5))
    try again.resume(from: try TrainingCheckpoint(file))
    #expect(ToyOutcome(again, try again.run()) == expected)
  }

  @Test func checkpointsOfOtherTrainingsAreRefused() throws {
    let training = training(1)
    _ = try training.trainer(try ToyModel(seed: 4)).run()
    let checkpoint = try TrainingCheckpoint(file)
    let others: [(String, (inout ToyTraining) -> Void)] = [
      ("base model", { $0.base = "another" }),
      ("examples", { $0.training[3].tokens[2] ^= 1 }),
      ("examples", { $0.training[3].isLearnt[0] = true }),
      ("examples", { $0.validation.removeLast() }),
      ("seed", { $0.settings.seed += 1 }),
      ("learningRate, length", { ($0.settings.learningRate, $0.settings.length) = (1, .steps(9)) }),
    ]
    for (word, change) in others {
      var other = training
      change(&other)
      let model = try ToyModel(seed: 5)
      let trainer = try other.trainer(model)
      let error = #expect(throws: FineTuningError.self) { try trainer.resume(from: checkpoint) }
      #expect(error?.code == .unusableCheckpoint)
      #expect(error?.message.contains(word) == true)
      let untouched = ToyOutcome.bits(try ToyModel(seed: 5).parameters.map(\.value))
      #expect(ToyOutcome.bits(model.parameters.map(\.value)) == untouched)
    }
    // How often checkpoints are written is no part of a training.
    var same = training
    same.settings.checkpointInterval = 1
    try same.trainer(try ToyModel(seed: 5)).resume(from: checkpoint)
  }

  @Test func damagedCheckpointsAreRefused() throws {
    _ = try training(1).trainer(try ToyModel(seed: 4)).run()
    let whole = try Data(contentsOf: file)
    var random = SplitMix64(seed: 6)
    var damaged: [Data] = (0..<100).map { _ in
      whole.prefix(Int.random(in: 0..<whole.count, using: &random))
    }
    damaged += (0..<300).map { _ in
      var copy = whole
      copy[Int.random(in: 0..<whole.count, using: &random)] ^=
        1
        << UInt8.random(
          in: 0..<8,
          using: &random
        )
      return copy
    }
    damaged.append(whole + [0])
    for data in damaged {
      try data.write(to: file)
      let error = #expect(throws: FineTuningError.self) { try TrainingCheckpoint(file) }
      #expect(error?.code == .unusableCheckpoint)
    }
    try whole.write(to: file)
    #expect(try TrainingCheckpoint(file).step == 30)
    let absent = folder.url.appendingPathComponent("none.safetensors")
    #expect(throws: FineTuningError.self) { try TrainingCheckpoint(absent) }
  }

  @Test func aCheckpointThatCannotBeWrittenIsSaid() throws {
    var training = training(1)
    try folder.write("", to: "taken")
    training.file = folder.url.appendingPathComponent("taken/checkpoint.safetensors")
    let trainer = try training.trainer(try ToyModel(seed: 4))
    let error = #expect(throws: FineTuningError.self) { try trainer.run() }
    #expect(error?.code == .unwritableFile)
    #expect(error?.message.contains("step 7") == true)
  }
}
