import Evaluation
import Foundation
import Testing

@Suite struct ProportionTests {
  @Test func wilsonIntervalsEqualSciPy() throws {
    for row in try Golden.load().proportions.wilson {
      let found = ProportionStatistics.wilsonInterval(successes: Int(row[0]), of: Int(row[1]))
      #expect(agree(found.lower, row[2]) && agree(found.upper, row[3]), "\(row): \(found)")
    }
    let nothing = ProportionStatistics.wilsonInterval(successes: 0, of: 0)
    #expect(nothing.lower == 0 && nothing.upper == 1)
  }

  @Test func mcNemarEqualsSciPysBinomialTest() throws {
    for row in try Golden.load().proportions.mcnemar {
      let found = ProportionStatistics.exactMcNemar(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      #expect(agreeRelatively(found, row[2], tolerance: 1e-10), "\(row): \(found)")
    }
    #expect(ProportionStatistics.exactMcNemar(onlyFirst: 0, onlySecond: 0) == 1)
  }

  @Test func holmAdjustsStepByStep() throws {
    let golden = try Golden.load().proportions.holm
    #expect(zip(ProportionStatistics.holm(golden[0]), golden[1]).allSatisfy { agree($0, $1) })
    #expect(ProportionStatistics.holm([]) == [])
    #expect(ProportionStatistics.holm([0.03]) == [0.03])
  }

  /// The published sizes for 80% power at 5%: a tenth with a fifth to 30% of the questions differing.
  @Test func neededQuestionsEqualThePublishedSizes() {
    let size = SampleSize()
    #expect(size.questions(toDetect: 0.10, discordant: 0.2) == 155)
    #expect(size.questions(toDetect: 0.05, discordant: 0.15) == 469)
    #expect(size.questions(toDetect: 0, discordant: 0.2) == nil)
    #expect(size.questions(toDetect: 0.3, discordant: 0.2) == nil)
  }

  @Test func theDetectableDifferenceNeedsTheQuestionsAtHand() throws {
    let pairs = (0..<40).map { index in
      PairedSample.Pair(cluster: "d\(index / 4)", first: sin(Double(index)), second: 0)
    }
    let measured = try PairedSample(pairs).meanDifference()
    let size = SampleSize()
    let detectable = size.minimalDetectableDifference(measured)
    // t of 9 degrees of freedom at 97.5% and 80%.
    let multiplier = 2.262157 + 0.883404
    #expect(agree(detectable / measured.standardError, multiplier, tolerance: 1e-6))
    #expect(size.questions(toDetect: detectable * 1.000_001, given: measured) == 40)
    // Half of it takes less than four times as many, since t has more degrees of freedom then: with
    // 34 documents 2.034515 + 0.853022 over √34 is below half of the multiplier over √10.
    #expect(size.clusters(toDetect: -detectable / 2.000_002, given: measured) == 34)
    #expect(size.questions(toDetect: -detectable / 2.000_002, given: measured) == 136)
    // A large difference still takes as many documents as a sign-flip test needs at all.
    #expect(size.clusters(toDetect: 100 * detectable, given: measured) == 6)
    #expect(size.clusters(toDetect: 1e-9, given: measured) == nil)
    #expect(size.questions(toDetect: 0, given: measured) == nil)
  }

  /// The test counts ties against a difference, and flips the sums of clusters, which differ as their
  /// sizes do.
  @Test func stepsAndUnequalDocumentsTakeMoreQuestions() throws {
    func measured(step: Double, variation: Double) -> MeanDifference {
      MeanDifference(
        mean: 0.2,
        standardError: 0.1,
        confidence: 0.95,
        lower: 0,
        upper: 0.4,
        degreesOfFreedom: 19,
        pValue: 0.06,
        questions: 100,
        clusters: 20,
        sizeVariation: variation,
        step: step
      )
    }
    let size = SampleSize()
    let plain = measured(step: 0, variation: 0)
    let detectable = size.minimalDetectableDifference(plain)
    let stepped = size.minimalDetectableDifference(measured(step: 1, variation: 0))
    #expect(agree(stepped, detectable + 0.01))
    let uneven = size.minimalDetectableDifference(measured(step: 0, variation: 0.5))
    #expect(agree(uneven, detectable / (1 - detectable * detectable * 100 * 0.5 / 20).squareRoot()))
    // However uneven, no more than twice as large.
    let wild = size.minimalDetectableDifference(measured(step: 0, variation: 50))
    #expect(agree(wild, 2 * detectable))
    let needed = try #require(size.clusters(toDetect: 0.2, given: plain))
    for other in [measured(step: 1, variation: 0), measured(step: 0, variation: 0.5)] {
      #expect(try #require(size.clusters(toDetect: 0.2, given: other)) > needed)
    }
  }
}
