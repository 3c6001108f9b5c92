import FineTuning
import Kernels
import TestSupport
import Testing

@Suite struct AdamWTests {
  private let settings: AdamWSettings = {
    var settings = AdamWSettings()
    settings.weightDecay = 0.1
    return settings
  }()

  /// Forty steps against the equations of the paper in Double.
  @Test(arguments: [true, false])
  func stepsFollowTheEquations(isDecayed: Bool) throws {
    var random = SplitMix64(seed: 5)
    let count = 37
    let parameter = Parameter(
      "weight",
      try Matrix(rows: 1, columns: count, values: (0..<count).map { _ in Float(random.normal()) }),
      isDecayed: isDecayed
    )
    let optimizer = AdamW([parameter], settings: settings, kernels: try .active())
    var value = parameter.value.row(0).map { Double($0) }
    var first = [Double](repeating: 0, count: count)
    var second = first
    for step in 1...40 {
      let rate = 0.01 / Double(step)
      let gradient = (0..<count).map { _ in Float(random.normal()) }
      parameter.gradient.withRow(0) { row in _ = row.update(fromContentsOf: gradient) }
      try optimizer.takeStep(learningRate: rate, gradientScale: 0.5)
      let (power1, power2) = (power(0.9, step), power(0.999, step))
      for index in 0..<count {
        let slope = Double(gradient[index]) * 0.5
        first[index] = 0.9 * first[index] + 0.1 * slope
        second[index] = 0.999 * second[index] + 0.001 * slope * slope
        if isDecayed { value[index] *= 1 - rate * 0.1 }
        let root = (second[index] / (1 - power2)).squareRoot()
        value[index] -= rate * first[index] / (1 - power1) / (root + 1e-8)
      }
    }
    #expect(optimizer.step == 40)
    for (ours, exact) in zip(parameter.value.row(0), value) {
      #expect(abs(Double(ours) - exact) <= 2e-6 * max(1, abs(exact)))
    }
    for (ours, exact) in zip(optimizer.first[0].row(0), first) {
      #expect(abs(Double(ours) - exact) <= 1e-6)
    }
  }

  @Test func theNormIsThatOfAllGradientsTogether() throws {
    let parameters = ["a", "b"].map { Parameter($0, Matrix(rows: 2, columns: 2)) }
    let optimizer = AdamW(parameters, kernels: try .active())
    parameters[0].gradient.fill(1)
    parameters[1].gradient.fill(-2)
    #expect(abs(optimizer.gradientNorm() - 20.0.squareRoot()) < 1e-12)
    optimizer.clearGradients()
    #expect(optimizer.gradientNorm() == 0)
  }

  @Test func onlyGradientsBeyondTheLimitAreShortened() {
    #expect(AdamW.clippingFactor(norm: 0.5, limit: 1) == 1)
    #expect(AdamW.clippingFactor(norm: 1e9, limit: nil) == 1)
    #expect(abs(AdamW.clippingFactor(norm: 4, limit: 1) - 0.25) < 1e-6)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
