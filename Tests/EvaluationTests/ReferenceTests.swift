import Evaluation
import TestSupport
import Testing

/// Measures and tests against the packages that the field takes them from, on the same random cases.
@Suite struct ReferenceTests {
  private let reference: Reference

  init() throws { reference = try Reference.load() }

  @Test func exactMatchAndF1EqualSQuADsScript() {
    let golden = reference.answers
    var random = SplitMix64(seed: golden.seed)
    var matches = 0
    for (exact, f1) in zip(golden.exact, golden.f1) {
      let accepted = random.texts(of: golden.pieces, most: 8)
      let answer: String
      if random.index(below: 2) == 0 {
        answer = random.text(of: golden.pieces, most: 8)
      } else {
        let base = accepted[random.index(below: accepted.count)]
        let front = golden.noise[random.index(below: golden.noise.count)]
        answer = front + base + golden.noise[random.index(below: golden.noise.count)]
      }
      let found = AnswerMetrics.exactMatch(answer, accepted: accepted)
      #expect(found == (exact == "1"), "\(answer.debugDescription) \(accepted)")
      #expect(
        agree(AnswerMetrics.f1(answer, accepted: accepted), f1),
        "\(answer.debugDescription) \(accepted)"
      )
      matches += found ? 1 : 0
    }
    #expect(golden.f1.count == 1000 && matches > 200 && matches < 800)
  }

  @Test func rougeLEqualsTheRougeScorePackage() {
    let golden = reference.rouge
    var random = SplitMix64(seed: golden.seed)
    for expected in golden.rougeL {
      let accepted = random.texts(of: golden.pieces, most: 14)
      let answer = random.text(of: golden.pieces, most: 14)
      #expect(
        agree(AnswerMetrics.rougeL(answer, accepted: accepted), expected),
        "\(answer.debugDescription) \(accepted)"
      )
    }
    #expect(golden.rougeL.count == 1000)
  }

  @Test func rankingMeasuresEqualTrecEval() {
    let golden = reference.rankings
    var random = SplitMix64(seed: golden.seed)
    for expected in golden.values {
      var left = Array(0..<24)
      let ranked = (0..<random.index(below: 25)).map { _ in
        left.remove(at: random.index(below: left.count))
      }
      let top = 1 + 2 * random.index(below: 2)
      var grades: [Int: Int] = [:]
      for item in 0..<24 where random.index(below: 3) == 0 {
        grades[item] = random.index(below: top + 1)
      }
      let k = golden.depths[random.index(below: golden.depths.count)]
      let found = [
        RankingMetrics.nDCG(ranked: ranked, grades: grades, at: k),
        RankingMetrics.recall(ranked: ranked, grades: grades, at: k),
        RankingMetrics.reciprocalRank(ranked: ranked, grades: grades, at: k),
      ]
      #expect(
        zip(found, expected).allSatisfy { agree($0, $1) },
        "\(ranked) \(grades) at \(k): \(found), \(expected)"
      )
    }
    #expect(golden.values.count == 1000)
  }

  @Test func clusteredIntervalsEqualStatsmodelsAndTheMatricesOfCR2() throws {
    for golden in reference.tests.paired {
      let sample = try sample(golden.pairs)
      let plain = try sample.meanDifference()
      let found = [plain.standardError, plain.lower, plain.upper, plain.pValue]
      #expect(zip(found, golden.cluster).allSatisfy { agree($0, $1, tolerance: 1e-9) })
      let corrected = try sample.meanDifference(correction: .bellMcCaffrey)
      let cr2 = [
        corrected.standardError, corrected.degreesOfFreedom, corrected.lower, corrected.upper,
      ]
      #expect(
        zip(cr2, golden.cr2).allSatisfy { agree($0, $1, tolerance: 1e-9) },
        "\(cr2), \(golden.cr2)"
      )
    }
  }

  /// Exact also for more clusters than could be gone through pattern by pattern, where the scores
  /// have steps.
  @Test func signFlipsEqualSciPyAndTheCountOfAllPatterns() throws {
    for golden in reference.tests.paired {
      let found = try sample(golden.pairs).signFlipTest(seed: 5)
      #expect(found.isExact)
      #expect(agreeRelatively(found.pValue, golden.signFlip, tolerance: 1e-9))
    }
  }

  @Test func drawnSignFlipsAreWithinMonteCarloErrorOfTheExact() throws {
    for golden in reference.tests.paired where golden.pairs.count > 100 {
      // A step that no fraction has makes the sums continuous, and changes the p value little.
      let pairs = golden.pairs.map {
        PairedSample.Pair(cluster: $0.name, first: $0.first, second: $0.second * (1 + 1e-9))
      }
      let found = try PairedSample(pairs).signFlipTest(seed: 5)
      guard !found.isExact else { continue }
      let p = golden.signFlip
      #expect(abs(found.pValue - p) <= 5 * (p * (1 - p) / 20_000).squareRoot() + 1e-4)
    }
  }

  @Test func mcNemarWilsonAndHolmEqualStatsmodels() {
    for row in reference.tests.mcnemar {
      let found = ProportionStatistics.exactMcNemar(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      #expect(agreeRelatively(found, row[2], tolerance: 1e-9), "\(row): \(found)")
    }
    for row in reference.tests.wilson {
      let found = ProportionStatistics.wilsonInterval(successes: Int(row[0]), of: Int(row[1]))
      #expect(agree(found.lower, row[2]) && agree(found.upper, row[3]), "\(row): \(found)")
    }
    for golden in reference.tests.holm {
      let found = ProportionStatistics.holm(golden.given)
      #expect(zip(found, golden.corrected).allSatisfy { agree($0, $1) })
    }
  }

  private func sample(_ rows: [Golden.Row]) throws -> PairedSample {
    try PairedSample(
      rows.map { PairedSample.Pair(cluster: $0.name, first: $0.first, second: $0.second) }
    )
  }
}
