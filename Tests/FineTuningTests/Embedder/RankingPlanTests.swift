import FineTuning
import Testing

@Suite struct RankingPlanTests {
  @Test func everyQuestionHasItsTurnOnceAnEpochWithItsOwnPassage() throws {
    let data = try TinyRanking.data()
    let plan = try RankingPlan(training: data, settings: TinyRanking.settings)
    #expect(plan.stepsPerEpoch == 3)
    for epoch in 0..<3 {
      var seen: [[Int32]] = []
      for step in 0..<3 {
        for batch in plan.batches(ofStep: epoch * 3 + step) {
          seen += batch.questions
          for (question, passage) in zip(batch.questions, batch.passages) {
            let example = try #require(data.questions.firstIndex(of: question))
            #expect(data.passages[data.examples[example].positives[0]] == passage)
          }
        }
      }
      #expect(Set(seen) == Set(data.questions))
      #expect(seen.count == data.questions.count)
    }
  }

  @Test func stepsDependOnSeedAndStepAlone() throws {
    let data = try TinyRanking.data()
    let plan = try RankingPlan(training: data, settings: TinyRanking.settings)
    let again = try RankingPlan(training: data, settings: TinyRanking.settings)
    // Backwards, so that nothing can hang on what was asked before.
    for step in (0..<9).reversed() {
      #expect(plan.batches(ofStep: step) == again.batches(ofStep: step))
    }
    #expect(plan.fingerprint == again.fingerprint)
    #expect(plan.batches(ofStep: 0) != plan.batches(ofStep: 3))
    var other = TinyRanking.settings
    other.seed = 6
    let changed = try RankingPlan(training: data, settings: other)
    #expect(changed.batches(ofStep: 0) != plan.batches(ofStep: 0))
    #expect(changed.fingerprint != plan.fingerprint)
  }

  @Test func whatAnswersAQuestionNeverCountsAsWrong() throws {
    var examples = TinyRanking.examples
    examples[0].undecided = [1]
    // The same question a second time, on another passage; and a copy of a passage.
    examples.append(
      RankingExample(question: examples[4].question, positives: [7], group: "again")
    )
    let passages = TinyRanking.passages + [TinyRanking.passages[3]]
    examples.append(RankingExample(question: "beta d", positives: [12], group: "copy"))
    let data = try TinyRanking.data(examples, passages: passages)
    #expect(data.acceptable[0] == [0, 1])
    #expect(data.acceptable[4] == [2, 7])
    #expect(data.acceptable[6] == [3, 12])
    var settings = TinyRanking.settings
    settings.questionsPerStep = 26
    settings.negativesPerQuestion = 3
    let plan = try RankingPlan(
      training: data,
      negatives: data.examples.map { _ in Array(passages.indices) },
      settings: settings
    )
    for batch in plan.batches(ofStep: 0) {
      for (row, question) in batch.questions.enumerated() {
        let examples = data.questions.indices.filter { data.questions[$0] == question }
        let acceptable = Set(examples.flatMap { data.acceptable[$0].map { data.passages[$0] } })
        for (column, passage) in batch.passages.enumerated() where column != row {
          #expect(acceptable.contains(passage) == batch.excluded[row].contains(column))
        }
      }
    }
  }

  @Test func aStepOfManyTokensIsCutIntoPasses() throws {
    let data = try TinyRanking.data()
    var settings = TinyRanking.settings
    settings.tokensPerPass = 60
    let plan = try RankingPlan(training: data, settings: settings)
    let whole = try RankingPlan(training: data, settings: TinyRanking.settings)
    let batches = plan.batches(ofStep: 1)
    #expect(batches.count > 1)
    #expect(batches.allSatisfy { plan.tokens(of: $0) <= 60 })
    #expect(batches.flatMap(\.questions) == whole.batches(ofStep: 1).flatMap(\.questions))
  }

  @Test func badExamplesAndSettingsAreRefused() throws {
    let missing = RankingExample(question: "a", positives: [99], group: "")
    #expect(throws: FineTuningError.self) { try TinyRanking.data([missing]) }
    let none = RankingExample(question: "a", positives: [], group: "")
    #expect(throws: FineTuningError.self) { try TinyRanking.data([none]) }
    var settings = TinyRanking.settings
    settings.questionsPerStep = 1
    #expect(throws: FineTuningError.self) {
      try RankingPlan(training: TinyRanking.data(), settings: settings)
    }
    #expect(throws: FineTuningError.self) {
      try RankingPlan(
        training: TinyRanking.data(),
        negatives: [[1]],
        settings: TinyRanking.settings
      )
    }
  }
}
