import Datasets
import FineTuning
import Foundation
import Kernels
import Synchronization
import TestSupport
import Testing

@Suite struct TrainerTests {
  @Test func trainingLowersTheLossAndKeepsTheBest() throws {
    let model = try ToyModel(seed: 1)
    let trainer = try ToyTraining().trainer(model)
    let result = try trainer.run()
    #expect(result.outcome == .finished)
    #expect(result.step == 30)
    #expect(result.curve.points.map(\.step) == Array(1...30))
    #expect(result.curve.evaluations.map(\.step) == Array(stride(from: 0, through: 30, by: 3)))
    let before = try #require(result.before)
    let best = try #require(result.best)
    #expect(best.loss < before.loss - 0.5)
    #expect(best.loss == result.curve.evaluations.map(\.loss).min())
    let after = try trainer.plan.validation.reduce(LossSum()) { $0 + (try model.loss(of: $1)) }
    #expect(after.mean == best.loss)
    #expect(model.changes == 31)
  }

  /// Cut into passes of one example or of all, a step's loss and gradient are the same.
  @Test func howAStepIsCutChangesNothing() throws {
    func curve(_ tokensPerPass: Int) throws -> [TrainingCurve.Point] {
      var training = ToyTraining()
      training.settings.tokensPerPass = tokensPerPass
      return try training.trainer(try ToyModel(seed: 2)).run().curve.points
    }
    let whole = try curve(1000)
    for tokensPerPass in [2, 21, 40] {
      for (one, other) in zip(try curve(tokensPerPass), whole) {
        #expect(abs(one.loss - other.loss) <= 1e-5 * other.loss)
        #expect(abs(one.gradientNorm - other.gradientNorm) <= 1e-5 * other.gradientNorm)
        #expect(one.targets == other.targets)
      }
    }
  }

  @Test func trainingStopsWhenTheValidationLossRises() throws {
    var training = ToyTraining()
    training.settings.length = .steps(400)
    training.settings.learningRate = 0.3
    training.settings.patience = 3
    // What is validated goes the other way round the circle: the better learnt, the worse.
    training.validation = ToyTraining.examples(10, seed: 8).map {
      EncodedExample(tokens: $0.tokens.reversed(), isLearnt: $0.isLearnt)
    }
    let model = try ToyModel(seed: 1)
    let trainer = try training.trainer(model)
    let result = try trainer.run()
    #expect(result.outcome == .stoppedEarly)
    let best = try #require(result.best)
    #expect(result.step == best.step + 9)
    let after = try trainer.plan.validation.reduce(LossSum()) { $0 + (try model.loss(of: $1)) }
    #expect(after.mean == best.loss)
  }

  @Test func theLearningRateFollowsTheSchedule() throws {
    var training = ToyTraining()
    training.settings.schedule = .linear
    training.settings.warmUpSteps = 10
    let result = try training.trainer(try ToyModel(seed: 1)).run()
    let rates = result.curve.points.map { $0.learningRate / 0.05 }
    for (rate, exact) in zip(rates[..<11], (0...10).map { Double($0) / 10 }) {
      #expect(abs(rate - exact) < 1e-12)
    }
    #expect(abs(rates[20] - 0.5) < 1e-12)
  }

  /// A clock that goes on by a second whenever it is asked.
  @Test func progressTellsSpeedAndTimeLeft() throws {
    let seconds = Atomic(0)
    let environment = TrainingEnvironment(
      now: { .seconds(seconds.add(1, ordering: .relaxed).newValue) },
      peakMemory: { 7 }
    )
    var training = ToyTraining()
    training.settings.length = .epochs(2)
    training.settings.evaluationInterval = nil
    var reports: [TrainingProgress] = []
    let trainer = try training.trainer(try ToyModel(seed: 1), environment: environment)
    let result = try trainer.run { reports.append($0) }
    // Fifty examples in steps of eight: seven steps an epoch.
    #expect(reports.map(\.step) == Array(1...14))
    #expect(reports.allSatisfy { $0.steps == 14 && $0.peakMemory == 7 })
    #expect(reports[6].epoch == 1)
    #expect(reports[6].evaluation?.step == 7)
    // Three questions to the clock for each step: two around it and one after.
    #expect(reports[12].timeLeft == .seconds(3))
    #expect(reports[13].timeLeft == .zero)
    let tokens = training.training.reduce(0) { $0 + $1.tokens.count }
    #expect(result.tokens == 2 * tokens)
    #expect(try #require(reports[13].tokensPerSecond) == Double(result.tokens) / 14)
    #expect(result.duration == .seconds(42))
  }

  @Test func measuringTheSpeedChangesNothing() throws {
    let seconds = Atomic(0)
    let environment = TrainingEnvironment(
      now: { .seconds(seconds.add(2, ordering: .relaxed).newValue) },
      peakMemory: { nil }
    )
    let training = ToyTraining()
    let trainer = try training.trainer(try ToyModel(seed: 1), environment: environment)
    let speed = try #require(try trainer.measureSpeed())
    #expect(speed == Double(try training.plan().batches(ofStep: 0)[0].tokens.count) / 2)
    let undisturbed = try training.trainer(try ToyModel(seed: 1))
    #expect(
      ToyOutcome(trainer, try trainer.run()) == ToyOutcome(undisturbed, try undisturbed.run())
    )
  }

  @Test func settingsOutOfRangeAreRefusedByName() throws {
    let wrong: [(String, (inout TrainingSettings) -> Void)] = [
      ("learningRate", { $0.learningRate = 0 }),
      ("learningRate", { $0.learningRate = .nan }),
      ("warmUpShare", { $0.warmUpShare = 1.5 }),
      ("warmUpSteps", { $0.warmUpSteps = -1 }),
      ("length", { $0.length = .epochs(0) }),
      ("length", { $0.length = .steps(.max) }),
      ("stepSize", { $0.stepSize = .tokens(0) }),
      ("maximumTokens", { $0.maximumTokens = 1 }),
      ("tokensPerPass", { $0.tokensPerPass = 0 }),
      ("gradientLimit", { $0.gradientLimit = 0 }),
      ("optimizer.beta1", { $0.optimizer.beta1 = 1 }),
      ("optimizer.weightDecay", { $0.optimizer.weightDecay = -.infinity }),
      ("evaluationInterval", { $0.evaluationInterval = 0 }),
      ("patience", { $0.patience = 0 }),
      ("checkpointInterval", { $0.checkpointInterval = 0 }),
      ("adapter.rank", { $0.adapter?.rank = 0 }),
    ]
    for (name, change) in wrong {
      var settings = TrainingSettings()
      change(&settings)
      let error = #expect(throws: FineTuningError.self) { try settings.validate() }
      #expect(error?.code == .invalidSettings)
      #expect(error?.subject == name)
    }
    try TrainingSettings().validate()
    let copy = try JSONDecoder().decode(
      TrainingSettings.self,
      from: try JSONEncoder().encode(ToyTraining().settings)
    )
    #expect(copy == ToyTraining().settings)
  }
}
