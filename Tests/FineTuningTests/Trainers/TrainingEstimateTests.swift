import FineTuning
import Testing

@Suite struct TrainingEstimateTests {
  private var basis: TrainingEstimate.Basis {
    TrainingEstimate.Basis(
      frozenParameters: 1000,
      trainedParameters: 100,
      tokensPerEpoch: 5000,
      epochs: 2,
      tokensPerPass: 50,
      activationBytesPerToken: 40
    )
  }

  @Test func timeIsTokensBySpeedAndEnergyTimeByWatts() {
    let estimate = TrainingEstimate(basis, tokensPerSecond: 100, watts: 36)
    #expect(estimate.seconds == 100)
    #expect(estimate.wattHours == 1)
    #expect(estimate.bytes == 4000 + 2000 + 2000)
    #expect(TrainingEstimate(basis, tokensPerSecond: 100).wattHours == nil)
  }

  @Test func timeFollowsFromTheWorkWhereTheSpeedIsNotMeasured() {
    var basis = basis
    #expect(basis.operationsPerToken == 4600)
    #expect(TrainingEstimate(basis, operationsPerSecond: 46_000).seconds == 1000)
    basis.recomputes = true
    #expect(basis.operationsPerToken == 6800)
    basis.recomputes = false
    basis.validationTokens = 2300
    basis.evaluations = 10
    // A validation token takes 2200 of 4600 operations.
    #expect(abs(TrainingEstimate(basis, operationsPerSecond: 46_000).seconds - 2100) < 1e-9)
  }
}
