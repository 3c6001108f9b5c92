import Foundation

/// The golden values of `Scripts/make-evaluation-fixture.py`.
struct Golden: Decodable {
  struct Numerics: Decodable {
    var tQuantile: [[Double]]
    var tTwoSided: [[Double]]
    var normalQuantile: [[Double]]
    var logGamma: [[Double]]
    var incompleteBeta: [[Double]]
  }

  struct Ranking: Decodable {
    var ranked: [String]
    var grades: [String: Int]
    var k: Int
    var nDCG, recall, precision, reciprocalRank, averagePrecision: Double
  }

  struct Answers: Decodable {
    struct Pair: Decodable {
      var answer, accepted: String
      var exact: Bool
      var f1, rougeL: Double
    }

    var normalized: [[String]]
    var pairs: [Pair]
  }

  struct Outcomes: Decodable {
    var confidence: [Double]
    var correct: [Bool]
    var auroc, ece, aurc, aurcTolerance: Double
    var isotonicAt, isotonic: [Double]
    var coverageAtRisk03, bestBalancedAccuracy: Double
  }

  struct Row: Decodable {
    var name: String
    var first, second: Double

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      name = try values.decode(String.self)
      first = try values.decode(Double.self)
      second = try values.decode(Double.self)
    }
  }

  struct Paired: Decodable {
    struct Case: Decodable {
      var pairs: [Row]
      var mean, se, p: Double
      var interval, bootstrap: [Double]
      var signFlip: Double?
    }

    struct Unclustered: Decodable {
      var pairs: [Row]
      var t, p: Double
    }

    var cases: [Case]
    var unclustered: Unclustered
  }

  struct Proportions: Decodable {
    var wilson, mcnemar, holm: [[Double]]
  }

  struct Logistic: Decodable {
    var features: [[Double]]
    var labels: [Bool]
    var penalty, bias: Double
    var weights: [Double]
  }

  var numerics: Numerics
  var rankings: [Ranking]
  var answers: Answers
  var outcomes: [Outcomes]
  var paired: Paired
  var proportions: Proportions
  var logistic: [Logistic]

  static func load() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/golden.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers agree to `tolerance`, relative to the larger where that is above 1.
func agree(_ found: Double, _ expected: Double, tolerance: Double = 1e-12) -> Bool {
  abs(found - expected) <= tolerance * max(1, abs(expected))
}

/// Whether two numbers agree in all but the last digits, however small they are.
func agreeRelatively(_ found: Double, _ expected: Double, tolerance: Double) -> Bool {
  abs(found - expected) <= tolerance * abs(expected)
}
