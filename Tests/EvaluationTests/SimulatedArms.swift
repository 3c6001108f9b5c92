import Evaluation
import Foundation
import TestSupport

/// Arms whose true accuracy is known, on questions whose documents differ.
///
/// An arm's chance to be right on a document is logistic(b + σ·(√½·u + √½·v)), u being shared by all
/// arms and v its own, both standard normal; b is such that the mean over documents is the accuracy.
struct SimulatedArms {
  var accuracies: [Double]
  var spread: Double
  private let intercepts: [Double]

  init(accuracies: [Double], spread: Double) {
    self.accuracies = accuracies
    self.spread = spread
    intercepts = accuracies.map { Self.intercept(accuracy: $0, spread: spread) }
  }

  /// Questions over documents, each of one of `sizes` questions, and what every arm answers.
  func comparison(
    documents: Int,
    sizes: [Int],
    using random: inout SplitMix64
  ) -> (questions: [Question], runs: [ArmRun]) {
    var questions: [Question] = []
    var answers = [[String: ArmAnswer]](repeating: [:], count: accuracies.count)
    for document in 0..<documents {
      let shared = random.gaussian()
      let chances = intercepts.map { intercept in
        let own = random.gaussian()
        return Self.logistic(intercept + spread * 0.5.squareRoot() * (shared + own))
      }
      for number in 0..<sizes[random.index(below: sizes.count)] {
        let id = "\(document)-\(number)"
        questions.append(Question(id: id, question: "?", answers: ["x"], topic: "\(document)"))
        for (arm, chance) in chances.enumerated() {
          let text = random.unit() < chance ? "x" : "y"
          answers[arm][id] = ArmAnswer(
            question: id,
            outcome: .answered,
            answer: text,
            shown: text
          )
        }
      }
    }
    let runs = answers.enumerated().map { arm, answers in
      ArmRun(
        arm: ComparisonFixture.arm("arm\(arm)"),
        seeds: [ArmRun.Seed(seed: 1, answers: answers)],
        resources: ArmResources()
      )
    }
    return (questions, runs)
  }

  /// A report on such a comparison.
  func report(
    documents: Int,
    sizes: [Int],
    using random: inout SplitMix64
  ) throws -> ComparisonReport {
    let (questions, runs) = comparison(documents: documents, sizes: sizes, using: &random)
    return try ComparisonFixture.report(questions, runs)
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// By bisection on the mean over a fine grid of the normal distribution.
  private static func intercept(accuracy: Double, spread: Double) -> Double {
    let grid = stride(from: -6.0, through: 6, by: 0.05).map { ($0, exp(-$0 * $0 / 2)) }
    let weight = grid.reduce(0) { $0 + $1.1 }
    var (low, high) = (-15.0, 15.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      let mean = grid.reduce(0) { $0 + $1.1 * logistic(middle + spread * $1.0) } / weight
      if mean < accuracy { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension SplitMix64 {
  /// A normally distributed number (Box & Muller 1958).
  mutating func gaussian() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }
}
