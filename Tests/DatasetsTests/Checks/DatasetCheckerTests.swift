import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetCheckerTests {
  @Test func cleanDataIsReady() {
    let check = DatasetChecker().check(CompanyCorpus.examples(products: 60, seed: 5))
    #expect(check.findings.isEmpty)
    #expect(!check.isWorthless)
    #expect(check.score.total == 100)
    #expect(check.score.parts.reduce(0) { $0 + $1.maximum } == 100)
    #expect(check.splits.map(\.examples).reduce(0, +) == 240)
    #expect(check.languages.first?.language == "en")
  }

  @Test func sameDataAndSeedGiveTheSameReport() throws {
    let base = CompanyCorpus.examples(products: 60, seed: 5)
    let examples = PlantedDataset(base: base, count: 5, seed: 9).examples
    let checks = (0..<2).map { _ in DatasetChecker(settings: .init(seed: 3)).check(examples) }
    #expect(checks[0] == checks[1])
    let read = try JSONDecoder().decode(
      DatasetCheck.self,
      from: JSONEncoder().encode(checks[0])
    )
    #expect(read == checks[0])
  }

  @Test func emptyDataIsWorthless() {
    let check = DatasetChecker().check([])
    #expect(check.isWorthless)
    #expect(check.findings(of: .emptySplit).count == 1)
    #expect(check.html().contains("worthless"))
  }

  @Test func aSplitWithoutTrainingIsWorthless() {
    let example = Example(question: "Who?", answer: "Ada.", origin: .imported, split: .test)
    #expect(DatasetChecker().check([example]).isWorthless)
  }

  @Test func onlyRepetitionIsWorthless() {
    let example = Example(question: "Who wrote it?", answer: "Ada did.", origin: .imported)
    let check = DatasetChecker().check(Array(repeating: example, count: 30))
    #expect(check.isWorthless)
    #expect(check.findings(of: .exactDuplicate).map(\.examples.count) == [30])
  }

  @Test func aTestSplitThatWasTrainedOnIsWorthless() {
    let examples = CompanyCorpus.examples(products: 20, seed: 1).map { example in
      var example = example
      example.source = nil
      return example
    }
    let copies = examples.map { example in
      var copy = example
      copy.split = .test
      return copy
    }
    let train = examples.map { example in
      var copy = example
      copy.split = .train
      return copy
    }
    #expect(DatasetChecker().check(train + copies).isWorthless)
  }

  @Test func namesAreTheCallers() {
    let example = Example(question: "Who?", answer: "", origin: .imported)
    let check = DatasetChecker().check([example], names: ["line 7"])
    #expect(check.findings(of: .empty).first?.names == ["line 7"])
    #expect(check.findings(of: .nothingLearnt).first?.names == ["line 7"])
  }

  @Test func excerptsCannotSteerATerminalAndMaskPersonalData() {
    let example = Example(
      question: "Who is it?\u{1B}[31m\u{202E}",
      answer: "Write to marta.lund@mail.contoso.com,",
      origin: .imported
    )
    let check = DatasetChecker().check([example, example])
    for finding in check.findings {
      #expect(!finding.excerpt.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
      #expect(!finding.excerpt.contains("marta.lund"))
    }
    #expect(check.examples(with: .personalData) == [0, 1])
  }

  @Test func aFewStraysOfAnotherLanguageAreNamed() {
    var examples = CompanyCorpus.examples(products: 60, seed: 5)
    examples[17].messages = [
      .init(.user, "Wie lange ist die Garantie für das Gerät, und wo wird es gelagert?"),
      .init(
        .assistant,
        "Die Garantie ist auf zwei Jahre begrenzt, und es wird in der Halle gelagert."
      ),
    ]
    let check = DatasetChecker().check(examples)
    #expect(check.examples(with: .foreignLanguage) == [17])
  }

  @Test func oneAnswerEverywhereIsAnImbalance() {
    let examples = CompanyCorpus.examples(products: 30, seed: 5).enumerated().map {
      index,
      example in
      var example = example
      if index % 2 == 0 { example.messages[1].content = "I do not know." }
      return example
    }
    let check = DatasetChecker().check(examples)
    #expect(check.findings(of: .imbalance).count == 1)
    #expect(check.topAnswer?.examples == 60)
  }

  @Test(.enabled(if: TestLength.isFull, "takes a minute; set ATTUNE_FULL_TESTS=1"))
  func timeGrowsWithTheNumberOfExamples() {
    let clock = ContinuousClock()
    let times = [12_500, 50_000].map { count in
      let examples = CompanyCorpus.examples(products: count / 200, seed: 2)
      let many = (0..<50).flatMap { round in
        examples.map { example in
          var copy = example
          copy.messages[0].content += " Region \(round)x\(round * 37 % 1009)."
          copy.messages[1].content += " This holds for region \(round)x\(round * 37 % 1009)."
          copy.source = nil
          return copy
        }
      }
      return clock.measure { _ = DatasetChecker().check(many) }
    }
    print("12 500 examples: \(times[0]), 50 000 examples: \(times[1])")
    // Four times as many examples: sixteen times as long if all pairs were compared.
    #expect(times[1] < times[0] * 8)
  }
}
