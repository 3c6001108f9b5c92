import FineTuning
import Foundation
import Testing

/// The expected values follow from the formulas of transformers' schedules by hand.
@Suite struct LearningRateScheduleTests {
  @Test(arguments: LearningRateSchedule.allCases)
  func theWarmUpIsAStraightLineFromZero(schedule: LearningRateSchedule) {
    #expect((0..<4).map { schedule.factor(atStep: $0, of: 20, warmUp: 4) } == [0, 0.25, 0.5, 0.75])
    #expect(schedule.factor(atStep: 4, of: 20, warmUp: 4) == 1)
    #expect(schedule.factor(atStep: 0, of: 20, warmUp: 0) == 1)
  }

  @Test func constantStays() {
    #expect(LearningRateSchedule.constant.factor(atStep: 19, of: 20, warmUp: 4) == 1)
  }

  @Test func linearFallsToZero() {
    let values = [8, 12, 16, 20, 24].map {
      LearningRateSchedule.linear.factor(atStep: $0, of: 20, warmUp: 4)
    }
    #expect(values == [0.75, 0.5, 0.25, 0, 0])
  }

  @Test func cosineFallsOnHalfAWave() {
    for step in 4...20 {
      let exact = 0.5 * (1 + cos(Double.pi * Double(step - 4) / 16))
      let value = LearningRateSchedule.cosine.factor(atStep: step, of: 20, warmUp: 4)
      #expect(abs(value - exact) < 1e-15)
    }
    #expect(abs(LearningRateSchedule.cosine.factor(atStep: 12, of: 20, warmUp: 4) - 0.5) < 1e-15)
  }

  @Test func aWarmUpAsLongAsTheTrainingIsNoDivisionByZero() {
    for schedule in LearningRateSchedule.allCases {
      #expect(schedule.factor(atStep: 5, of: 5, warmUp: 5).isFinite)
    }
  }
}
