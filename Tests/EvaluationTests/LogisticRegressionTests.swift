import Evaluation
import Foundation
import Testing

@Suite struct LogisticRegressionTests {
  @Test func weightsEqualSciPysMinimiser() throws {
    for golden in try Golden.load().logistic {
      let fit = try LogisticRegression(
        features: golden.features,
        labels: golden.labels,
        penalty: golden.penalty
      )
      #expect(agree(fit.bias, golden.bias, tolerance: 1e-6))
      for (found, expected) in zip(fit.weights, golden.weights) {
        #expect(agree(found, expected, tolerance: 1e-6))
      }
    }
  }

  @Test func probabilitiesAreCalibratedOnTheDataOfTheFit() throws {
    let golden = try Golden.load().logistic[0]
    let fit = try LogisticRegression(features: golden.features, labels: golden.labels)
    let sum = golden.features.reduce(0) { $0 + fit.probability($1) }
    // The free bias makes the mean probability the share of right labels.
    #expect(agree(sum, Double(golden.labels.count { $0 }), tolerance: 1e-9))
  }

  @Test func plainCoefficientsAreTheSameModel() throws {
    let golden = try Golden.load().logistic[1]
    let fit = try LogisticRegression(features: golden.features, labels: golden.labels)
    let (bias, weights) = fit.plainCoefficients
    for row in golden.features {
      let score = zip(row, weights).reduce(bias) { $0 + $1.0 * $1.1 }
      #expect(agree(1 / (1 + exp(-score)), fit.probability(row)))
    }
  }

  @Test func featuresOfAnySizeGiveTheSameProbabilities() throws {
    let golden = try Golden.load().logistic[0]
    let scaled = golden.features.map { [$0[0] * 1e9 + 5e9, $0[1] * 1e-9] }
    let plain = try LogisticRegression(features: golden.features, labels: golden.labels)
    let large = try LogisticRegression(features: scaled, labels: golden.labels)
    for (row, other) in zip(golden.features, scaled) {
      #expect(agree(plain.probability(row), large.probability(other), tolerance: 1e-6))
    }
    #expect(large.probability([1e300, 0]).isFinite)
  }

  @Test func aFitSurvivesItsFile() throws {
    let golden = try Golden.load().logistic[1]
    let fit = try LogisticRegression(features: golden.features, labels: golden.labels)
    let copy = try JSONDecoder().decode(
      LogisticRegression.self,
      from: JSONEncoder().encode(fit)
    )
    #expect(copy == fit)
  }

  @Test func dataWithoutAnswerAreRefused() {
    #expect(throws: EvaluationError.self) { try LogisticRegression(features: [], labels: []) }
    #expect(throws: EvaluationError.self) {
      try LogisticRegression(features: [[1], [2]], labels: [true, true])
    }
    #expect(throws: EvaluationError.self) {
      try LogisticRegression(features: [[1], [2, 3]], labels: [true, false])
    }
    #expect(throws: EvaluationError.self) {
      try LogisticRegression(features: [[1], [.infinity]], labels: [true, false])
    }
  }
}
