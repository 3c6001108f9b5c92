import Evaluation
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
      PairedSample.Pair(
        cluster: "d\(index / 4)",
        first: Double((index * 7) % 5) / 4,
        second: Double(index % 3) / 2
      )
    }
    let measured = try PairedSample(pairs).meanDifference()
    let size = SampleSize()
    let detectable = size.minimalDetectableDifference(measured)
    #expect(agree(detectable / measured.standardError, 1.959964 + 0.841621, tolerance: 1e-6))
    #expect(size.questions(toDetect: detectable * 1.000_001, given: measured) == 40)
    #expect(size.questions(toDetect: -detectable / 2.000_002, given: measured) == 161)
    #expect(size.questions(toDetect: 0, given: measured) == nil)
  }
}
