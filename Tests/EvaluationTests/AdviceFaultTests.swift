import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct AdviceFaultTests {
  @Test func anArmThatFailedIsLeftOutAndSaidSo() throws {
    var report = AdviceReports.usual()
    report.arms[1].failure = "the server went away"
    let advice = try Advisor(report: report).advice()
    #expect(advice.arm != "retrieval")
    #expect(!advice.arms.contains { $0.arm == "retrieval" })
    #expect(
      advice.omissions.contains {
        $0.sentence.contains("Retrieval is left out")
          && $0.sentence.contains("the server went away")
      }
    )
  }

  @Test func oneArmAloneIsNotAChoice() throws {
    var report = AdviceReports.usual()
    for index in [0, 2, 3] { report.arms[index].failure = "stopped" }
    let advice = try Advisor(report: report).advice()
    #expect(advice.arm == "retrieval")
    #expect(advice.headline.contains("only arm"))
    #expect(advice.shareOfAllWeightings == 1)
    #expect(advice.whatWouldChange.isEmpty)
  }

  @Test func withoutAnyAnswerThereIsNoAdvice() throws {
    var report = AdviceReports.usual()
    for index in report.arms.indices { report.arms[index].answered = 0 }
    let error = #expect(throws: EvaluationError.self) { try Advisor(report: report).advice() }
    #expect(error?.code == .noData)
    report.arms = []
    #expect(throws: EvaluationError.self) { try Advisor(report: report).advice() }
  }

  @Test func weightsOnWhatWasNotMeasuredAreAFault() throws {
    let weights = try AdviceWeights.standard.changing(
      by: "quality=0,freshness=1,transparency=0,latency=0,cost=0,effort=0"
    )
    let error = #expect(throws: EvaluationError.self) {
      try Advisor(report: AdviceReports.alike()).advice(weights: weights)
    }
    #expect(error?.cause?.contains("Freshness was not measured") == true)
    #expect(error?.remedy.contains("quality") == true)
  }

  @Test func freshnessThatOneArmLacksDoesNotCount() throws {
    var report = AdviceReports.usual()
    report.freshness?.arms.removeAll { $0.arm == "both" }
    let advice = try Advisor(report: report).advice()
    #expect(advice.arms.allSatisfy { $0.scores["freshness"] == nil })
    #expect(
      advice.omissions.contains {
        $0.sentence
          == "Freshness was not measured for Fine-tuned + retrieval, so it does not count."
      }
    )
  }

  @Test func freshnessDiffersOnlyWhereIntervalsDoNotOverlap() throws {
    var report = AdviceReports.usual()
    let first = try Advisor(report: report).advice().arms
    // 0.90 and 0.88 overlap; 0.05 and 0.02 do.
    #expect(Set(first.compactMap { $0.scores["freshness"] }) == [0.9, 0.05])
    for index in report.freshness?.arms.indices ?? 0..<0 {
      report.freshness?.arms[index].afterSync.interval = nil
    }
    let second = try Advisor(report: report).advice().arms
    #expect(Set(second.compactMap { $0.scores["freshness"] }) == [0.9])
  }

  @Test func hostileReportsGiveAdviceOrAnError() throws {
    let numbers = [0, -1, 1e308, -1e308, .leastNonzeroMagnitude, .nan, .infinity, 0.5, 2]
    let counts = [0, -5, 1, .max, .min]
    var random = SplitMix64(seed: 11)
    func number() -> Double { numbers[Int(random.next() % UInt64(numbers.count))] }
    func count() -> Int { counts[Int(random.next() % UInt64(counts.count))] }
    for _ in 0..<60 {
      var report = AdviceReports.usual()
      report.data.questions = count()
      report.data.clusters = count()
      report.data.changesPerDay = number()
      for index in report.arms.indices where random.next() % 2 == 0 {
        report.arms[index].answered = count()
        report.arms[index].measures["right"]?.mean = number()
        report.arms[index].transparency.source = number()
        report.arms[index].cost.medianMilliseconds = number()
        report.arms[index].cost.thousandAnswers = number()
        report.arms[index].cost.currency = "EUR"
        report.arms[index].cost.resources.trainingSeconds = number()
      }
      for index in report.pairs.indices where random.next() % 2 == 0 {
        report.pairs[index].verdict =
          [.firstBetter, .secondBetter, .notDistinguishable][
            Int(random.next() % 3)
          ]
        report.pairs[index].difference.mean = number()
        report.pairs[index].difference.lower = number()
        report.pairs[index].correctedPValue = number()
        report.pairs[index].minimalDetectableDifference = number()
        report.pairs[index].questionsMore = count()
        report.pairs[index].documentsMore = count()
      }
      if random.next() % 2 == 0 { report.pairs.removeLast(3) }
      if random.next() % 4 == 0 { report.arms.append(report.arms[0]) }
      for index in report.freshness?.arms.indices ?? 0..<0 where random.next() % 4 == 0 {
        report.freshness?.arms[index].afterSync.mean = number()
        report.freshness?.arms[index].syncSeconds = number()
        report.freshness?.arms[index].retrainingSeconds = number()
      }
      do {
        let advice = try Advisor(report: report).advice()
        let shares = advice.arms.reduce(0) { $0 + $1.shareOfNearWeightings }
        #expect(abs(shares - 1) < 1e-9)
        #expect(advice.arms.allSatisfy { $0.scores.values.allSatisfy { (0...1).contains($0) } })
      } catch {
        #expect(error is EvaluationError)
      }
    }
  }

  @Test func reportsAreReadOrTheFaultIsNamed() throws {
    let folder = try TemporaryDirectory()
    let report = AdviceReports.usual()
    let url = folder.url.appending(path: "report.json")
    try JSONEncoder().encode(report).write(to: url)
    #expect(try ComparisonReport(contentsOf: url) == report)

    var newer = report
    newer.version = ComparisonReport.currentVersion + 1
    try JSONEncoder().encode(newer).write(to: url)
    let version = #expect(throws: EvaluationError.self) { try ComparisonReport(contentsOf: url) }
    #expect(version?.message.contains("version 2") == true)

    try Data("{\"version\": 1, \"name\": 3".utf8).write(to: url)
    let damaged = #expect(throws: EvaluationError.self) { try ComparisonReport(contentsOf: url) }
    #expect(damaged?.code == .malformed && damaged?.subject == url.path)
    try Data("{\"version\": 1, \"name\": 3}".utf8).write(to: url)
    let wrong = #expect(throws: EvaluationError.self) { try ComparisonReport(contentsOf: url) }
    #expect(wrong?.cause?.contains("name") == true)
    let missing = #expect(throws: EvaluationError.self) {
      try ComparisonReport(contentsOf: folder.url.appending(path: "none.json"))
    }
    #expect(missing?.code == .missing)
  }
}
