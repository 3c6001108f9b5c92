import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct AdviceTests {
  private func weights(_ text: String) throws -> AdviceWeights {
    try AdviceWeights.standard.changing(by: text)
  }

  @Test func aClearWinnerIsRecommendedWithItsFigures() throws {
    let advice = try Advisor(report: AdviceReports.usual()).advice()
    #expect(advice.arm == "retrieval")
    #expect(!advice.isTie)
    #expect(advice.headline.contains("Retrieval is recommended"))
    #expect(advice.shareOfNearWeightings > 0.8)
    #expect(advice.nextStep.command == nil && advice.nextStep.sentence.contains("attune ask"))
    // The two with documents cannot be told apart, so they share a score; the others do not.
    let scores = Dictionary(uniqueKeysWithValues: advice.arms.map { ($0.arm, $0) })
    #expect(scores["retrieval"]?.scores["quality"] == scores["both"]?.scores["quality"])
    #expect(scores["both"]?.qualityLevel == 1 && scores["retrieval"]?.qualityLevel == 1)
    #expect(scores["fine-tuned"]?.qualityLevel == 2 && scores["base"]?.qualityLevel == 3)
    let sentences = advice.reasons.map(\.sentence)
    #expect(
      sentences.contains {
        $0.contains(
          "Retrieval is right on 62% of the questions, Base on 8%: a difference of 54 points"
        )
          && $0.contains("corrected p = 0.002")
      },
      "\(sentences)"
    )
    #expect(
      sentences.contains {
        $0.contains(
          "Whether Retrieval or Fine-tuned + retrieval is right more often cannot be told"
        )
          && $0.contains("300 more questions over 60 more documents would tell")
      },
      "\(sentences)"
    )
    for reason in advice.reasons {
      #expect(reason.sentence.contains { $0.isNumber }, "\(reason.sentence)")
    }
  }

  @Test func whereNothingIsShownTheSimplestArmIsRecommendedAndNoDifferenceNamed() throws {
    let advice = try Advisor(report: AdviceReports.alike()).advice()
    #expect(advice.arm == "base")
    #expect(advice.isTie)
    #expect(advice.headline.contains("as the simpler"))
    #expect(Set(advice.arms.map(\.qualityLevel)) == [1])
    let text = ([advice.headline] + advice.reasons.map(\.sentence)).joined(separator: " ")
    #expect(text.contains("cannot be told from 120 questions over 26 documents"))
    #expect(text.contains("300 more questions over 60 more documents would tell"))
    for figure in ["points", "55%", "51%", "48%", "44%", "difference of"] {
      #expect(!text.contains(figure), "\(figure) in \(text)")
    }
    #expect(advice.nextStep.sentence.contains("300"))
    #expect(advice.nextStep.command?.hasPrefix("attune compare") == true)
  }

  @Test func freshnessTurnsTheAdviceWhereItCounts() throws {
    let report = AdviceReports.report(
      [
        (
          AdviceReports.retrieval,
          .init(right: 0.4, source: 0.9, milliseconds: 900, indexing: 30, afterSync: 0.85)
        ),
        (
          AdviceReports.fineTuned,
          .init(right: 0.7, source: 0.9, milliseconds: 120, training: 60, afterSync: 0.05)
        ),
      ],
      better: [("fine-tuned", "retrieval")],
      changesPerDay: nil
    )
    let without = try Advisor(report: report).advice(weights: weights("freshness=0"))
    #expect(without.arm == "fine-tuned")
    #expect(without.nextStep.command?.contains("--adapter compare-fine-tuned-0") == true)
    let with = try Advisor(report: report).advice(weights: weights("freshness=8"))
    #expect(with.arm == "retrieval")
    let sentences = with.reasons.map(\.sentence)
    #expect(sentences.contains { $0.contains("85%") && $0.contains("changed facts") })
    // What speaks against it is said as well, with the difference that was shown.
    #expect(sentences.contains { $0.contains("70%") && $0.hasSuffix("against it.") })
    #expect(sentences.contains { $0.hasPrefix("Against it: ") && $0.contains("120 ms") })
  }

  @Test func theWeightThatTurnsTheAdviceTurnsIt() throws {
    let advisor = Advisor(report: AdviceReports.usual())
    let advice = try advisor.advice()
    var turned = 0
    for sentence in advice.whatWouldChange {
      guard
        let match = sentence.wholeMatch(
          of:
            /With a weight of ([0-9.]+)(?: or more| or less)? for ([a-z]+) instead of .*, (.+) would be recommended.*/
        )
      else { continue }
      turned += 1
      let other = try advisor.advice(weights: weights("\(match.2)=\(match.1)"))
      #expect(other.title == String(match.3), "\(sentence)")
      #expect(other.arm != advice.arm)
    }
    #expect(turned > 0, "\(advice.whatWouldChange)")
  }

  @Test func changesADayTurnTheAdvice() throws {
    func report(_ changesPerDay: Double?) -> ComparisonReport {
      AdviceReports.report(
        [
          (AdviceReports.retrieval, .init(right: 0.6, milliseconds: 700, indexing: 20)),
          (AdviceReports.fineTuned, .init(right: 0.6, milliseconds: 200, training: 30)),
        ],
        better: [],
        changesPerDay: changesPerDay
      )
    }
    let rare = try Advisor(report: report(0.01)).advice()
    #expect(rare.arm == "fine-tuned")
    #expect(rare.omissions.contains { $0.sentence.contains("Freshness was not measured") })
    let text = try #require(
      rare.whatWouldChange.first { $0.contains("changes of the data a day on") }
    )
    let match = try #require(text.firstMatch(of: /From ([0-9.]+) changes/))
    let rate = try #require(Double(match.1))
    #expect(text.contains("now 0.01") && text.contains("Retrieval would be recommended"))
    #expect(try Advisor(report: report(rate)).advice().arm == "retrieval")
    #expect(try Advisor(report: report(rate / 2)).advice().arm == "fine-tuned")
  }

  @Test func notShownToBeWorseIsNotTransitive() throws {
    // A is shown to be better than C; B cannot be told from either, and is the cheapest to have.
    let report = AdviceReports.report(
      [
        (AdviceReports.both, .init(right: 0.7, training: 900)),
        (AdviceReports.retrieval, .init(right: 0.6, indexing: 20)),
        (AdviceReports.base, .init(right: 0.4)),
      ],
      better: [("both", "base")]
    )
    let advice = try Advisor(report: report).advice()
    #expect(advice.arm == "retrieval")
    let levels = Dictionary(uniqueKeysWithValues: advice.arms.map { ($0.arm, $0.qualityLevel) })
    #expect(levels == ["both": 1, "retrieval": 1, "base": 2])
    // Retrieval is not said to be better than base: it is said what was shown.
    let sentences = advice.reasons.map(\.sentence)
    #expect(
      sentences.contains {
        $0.hasPrefix(
          "Retrieval and Base cannot be told apart directly. But Fine-tuned + retrieval is"
        )
          && $0.contains("30 points")
      },
      "\(sentences)"
    )
  }

  @Test func aChainOfShownDifferencesIsSaid() throws {
    // Both is better than retrieval, and that than base; both and base cannot be told apart.
    let report = AdviceReports.report(
      [
        (AdviceReports.both, .init(right: 0.7)), (AdviceReports.retrieval, .init(right: 0.4)),
        (AdviceReports.base, .init(right: 0.1)),
      ],
      better: [("both", "retrieval"), ("retrieval", "base")]
    )
    let advice = try Advisor(report: report).advice()
    #expect(advice.arms.map(\.arm) == ["both", "retrieval", "base"])
    #expect(advice.arms.map(\.qualityLevel) == [1, 2, 3])
    #expect(
      advice.reasons.contains {
        $0.sentence.contains("But Retrieval is right more often than Base, by 30 points")
          && $0.sentence.contains("stands behind Fine-tuned + retrieval or an arm that is as good")
      }
    )
  }

  @Test func costDoesNotBringInDifferencesThatWereNotShown() throws {
    let report = AdviceReports.report(
      [
        (AdviceReports.retrieval, .init(right: 0.7)), (AdviceReports.both, .init(right: 0.2)),
      ],
      better: []
    )
    let arms = try Advisor(report: report).advice().arms
    #expect(Set(arms.compactMap { $0.scores["cost"] }) == [1])
    #expect(Set(arms.compactMap { $0.scores["quality"] }) == [0.7])
  }

  @Test func measuredSharesDoNotDecideWhereNoDifferenceWasShown() throws {
    var random = SplitMix64(seed: 4)
    let arms = [
      AdviceReports.base, AdviceReports.retrieval, AdviceReports.fineTuned, AdviceReports.both,
    ]
    for _ in 0..<20 {
      let known = arms.map { _ in
        AdviceReports.Known(
          right: 0,
          source: random.unit(),
          milliseconds: 50 + 5000 * random.unit(),
          training: 2000 * random.unit(),
          afterSync: random.unit()
        )
      }
      let shares = arms.map { _ in random.unit() }
      func advice(_ shares: [Double]) throws -> Advice {
        let all = zip(zip(arms, known), shares).map { arm, right in
          var known = arm.1
          known.right = right
          return (arm.0, known)
        }
        return try Advisor(report: AdviceReports.report(all, better: [])).advice()
      }
      let first = try advice(shares)
      let second = try advice(shares.shuffled(using: &random))
      #expect(first.arm == second.arm)
      #expect(first.arms == second.arms)
    }
  }

  @Test func sharesOfWeightingsSumToOneAndRepeat() throws {
    let advisor = Advisor(report: AdviceReports.usual())
    let advice = try advisor.advice(seed: 7)
    #expect(abs(advice.arms.reduce(0) { $0 + $1.shareOfNearWeightings } - 1) < 1e-12)
    #expect(abs(advice.arms.reduce(0) { $0 + $1.shareOfAllWeightings } - 1) < 1e-12)
    #expect(try advisor.advice(seed: 7) == advice)
    let other = try advisor.advice(seed: 8)
    #expect(abs(other.shareOfAllWeightings - advice.shareOfAllWeightings) < 0.03)
    #expect(other.shareOfAllWeightings != advice.shareOfAllWeightings)
  }

  @Test func weightingsAreDrawnAsTheDistributionsSay() throws {
    // One is better by latency and cost, the other by effort, each by the whole scale. Of shares that
    // are uniform over five criteria, w₁ + w₂ > w₃ + 0.01 holds for 74.0%; with 20 · w for weights of 1, 1
    // and 2 the share of the first two is Beta(10, 10), above 0.505 in 48.2%, and for weights of 1, 1
    // and 1 Beta(40/3, 20/3), in 93.3% (SciPy 1.17).
    let report = AdviceReports.report(
      [
        (AdviceReports.fineTuned, .init(right: 0.5, milliseconds: 100, training: 1e5)),
        (AdviceReports.base, .init(right: 0.5, milliseconds: 10_000)),
      ],
      better: [],
      changesPerDay: nil
    )
    func tuned(_ text: String) throws -> Advice.ArmScore {
      let others = "quality=0,freshness=0,transparency=0,"
      let advice = try Advisor(report: report).advice(weights: weights(others + text), seed: 3)
      return try #require(advice.arms.first { $0.arm == "fine-tuned" })
    }
    let even = try tuned("latency=1,cost=1,effort=2")
    #expect(abs(even.shareOfAllWeightings - 0.740) < 0.02)
    #expect(abs(even.shareOfNearWeightings - 0.482) < 0.02)
    #expect(abs(try tuned("latency=1,cost=1,effort=1").shareOfNearWeightings - 0.933) < 0.01)
  }

  @Test func adviceIsKeptInJSON() throws {
    let advice = try Advisor(report: AdviceReports.usual()).advice(weights: weights("cost=3"))
    let data = try JSONEncoder().encode(advice)
    #expect(try JSONDecoder().decode(Advice.self, from: data) == advice)
  }
}
