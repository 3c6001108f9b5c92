import Answering
import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct AnswererTests {
  private static let files = [
    "ferret.md": "# Ferrets\n\nThe ferret sleeps fourteen hours each day. It eats meat and eggs.\n",
    "badger.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    "otter.txt": "The otter swims in the river and eats fish.\n",
    "people.csv": "id,name,city\n1,Ada,Bergen\n2,Bob,Oslo\n3,Cleo,Bergen\n",
  ]

  /// Weighs only how much of the question a quote holds, so that the tests know what is chosen.
  private static func calibration(margin: Double = 0.5) -> AnswerCalibration {
    let weights = QuoteWeights(
      bias: -4,
      weights: QuoteFeatures.names.map { ["coverage": 10, "similarity": 1][$0] ?? 0 }
    )
    let confidence = QuoteWeights(
      bias: 0,
      weights: ConfidenceFeatures.names.map { $0 == "logit" ? 1 : 0 }
    )
    return AnswerCalibration(ranking: weights, confidence: confidence, quoteMargin: margin)
  }

  private func knowledge(_ files: [String: String] = files) throws -> TestKnowledge {
    let knowledge = try TestKnowledge(files)
    try knowledge.sync()
    return knowledge
  }

  private func answerer(
    _ knowledge: TestKnowledge,
    through store: InterceptedStore? = nil,
    answers: AnswerSettings = AnswerSettings(minimumConfidence: 0.5, quotes: 3),
    margin: Double = 0.5
  ) -> Answerer {
    let store = store ?? InterceptedStore(knowledge)
    return Answerer(
      passages: store,
      traces: store,
      embedder: knowledge.embedder,
      answers: answers,
      calibration: Self.calibration(margin: margin),
      environment: AnswerEnvironment(makeIdentifier: { "a1" }, now: { 5000 })
    )
  }

  @Test func anAnswerQuotesAndSaysWhere() throws {
    let knowledge = try knowledge()
    let answer = try answerer(knowledge).answer("How many hours does the ferret sleep each day?")
    #expect(answer.outcome == .answered && !answer.abstained)
    #expect(answer.text == "The ferret sleeps fourteen hours each day. It eats meat and eggs. [1]")
    #expect(answer.id == "a1" && answer.generator == "extractive")
    #expect(answer.refused.isEmpty && answer.nearest.isEmpty && answer.calculation == nil)
    #expect(answer.confidence > 0.5 && answer.confidence <= 1)
    let citation = try #require(answer.citations.first)
    #expect(answer.citations.count == 1 && citation.marker == 1 && citation.verified)
    #expect(
      citation.document == "ferret.md" && citation.url.hasPrefix("attune://docs/ferret.md#chars=")
    )
    #expect(try CitationChecker(store: knowledge.store).faults(of: answer.citations) == [nil])
    #expect(answer.promptTokens > 0 && answer.completionTokens == 12)
  }

  @Test func aRowIsQuotedWhole() throws {
    let answer = try answerer(try knowledge()).answer("Cleo Bergen")
    #expect(answer.outcome == .answered)
    #expect(answer.citations.first?.url.contains("people.csv#row=3") == true)
  }

  @Test func whatTheDataDoesNotHoldIsNotAnswered() throws {
    let answer = try answerer(try knowledge()).answer("What does a zeppelin weigh?")
    #expect(answer.outcome == .abstained && answer.abstained)
    #expect(answer.text == "The data does not answer this.")
    #expect(answer.citations.isEmpty && answer.nearest.count == 3)
    #expect(answer.confidence < 0.5 && answer.completionTokens == 0)
  }

  @Test func theThresholdDecides() throws {
    let knowledge = try knowledge()
    let question = "How many hours does the ferret sleep each day?"
    let confidence = try answerer(knowledge).answer(question).confidence
    for (minimum, outcome) in [
      (confidence - 0.001, Answer.Outcome.answered), (confidence, .answered),
      (confidence + 0.001, .abstained), (1, .abstained), (0, .answered),
    ] {
      let settings = AnswerSettings(minimumConfidence: minimum, quotes: 3)
      #expect(try answerer(knowledge, answers: settings).answer(question).outcome == outcome)
    }
  }

  @Test func moreQuotesWhereTheyComeClose() throws {
    let knowledge = try knowledge()
    let question = "ferret badger otter"
    for limit in 1...3 {
      let settings = AnswerSettings(minimumConfidence: 0, quotes: limit)
      let answer = try answerer(knowledge, answers: settings, margin: 100).answer(question)
      #expect(answer.citations.map(\.marker) == Array(1...limit))
      let lines = answer.citations.map { "\($0.quote) [\($0.marker)]" }
      #expect(answer.text == lines.joined(separator: "\n"))
    }
    let settings = AnswerSettings(minimumConfidence: 0, quotes: 3)
    #expect(
      try answerer(knowledge, answers: settings, margin: 0).answer(question).citations.count == 1
    )
  }

  @Test func countingIsNotQuoted() throws {
    let knowledge = try knowledge()
    let answer = try answerer(knowledge).answer("How many people are there in total?")
    #expect(answer.outcome == .calculation && answer.abstained && answer.citations.isEmpty)
    let calculation = try #require(answer.calculation)
    #expect(calculation.operation == .count && calculation.tableName == "people")
    #expect(calculation.rowCount == 3 && calculation.source == "docs")
    #expect(answer.text.contains("people") && answer.text.contains("3 rows"))
  }

  @Test func aTableOutsideTheFilterIsNotCounted() throws {
    let filter = SearchFilter(mediaTypes: ["text/markdown"])
    let answer = try answerer(try knowledge())
      .answer("How many people are there in total?", filter: filter)
    #expect(answer.calculation == nil && answer.outcome != .calculation)
    #expect(answer.nearest.allSatisfy { $0.passage.document.mediaType == "text/markdown" })
  }

  @Test func emptyQuestionsAreRefused() throws {
    let knowledge = try knowledge()
    let error = #expect(throws: KnowledgeError.self) { try answerer(knowledge).answer(" \n") }
    #expect(error?.code == .emptyQuery)
    #expect(try knowledge.store.recentAnswers(limit: 5).isEmpty)
  }

  @Test func anEmptyStoreAbstains() throws {
    let knowledge = try TestKnowledge()
    let answer = try answerer(knowledge).answer("How long does the ferret sleep?")
    #expect(answer.outcome == .abstained && answer.confidence == 0 && answer.nearest.isEmpty)
  }

  @Test func theSameQuestionTheSameAnswer() throws {
    let knowledge = try knowledge()
    let answers = try (0..<3).map { _ in try answerer(knowledge).answer("What does the otter eat?")
    }
    for answer in answers {
      #expect(answer.text == answers[0].text && answer.citations == answers[0].citations)
      #expect(answer.confidence == answers[0].confidence && answer.nearest == answers[0].nearest)
    }
  }

  // MARK: Citations that fail

  /// A store whose passages, once the search has read them, become what `change` makes of them.
  private func changing(
    _ knowledge: TestKnowledge,
    _ change: @escaping @Sendable (StoredPassage) -> StoredPassage?
  ) -> InterceptedStore {
    let calls = Mutex(0)
    var store = InterceptedStore(knowledge)
    store.onPassages = { passages in
      let isFirst = calls.withLock { calls in
        calls += 1
        return calls == 1
      }
      return isFirst ? passages : passages.compactMap(change)
    }
    return store
  }

  @Test func aPassageThatIsEditedMeanwhileIsNotQuoted() throws {
    let knowledge = try knowledge()
    let store = changing(knowledge) { passage in
      var passage = passage
      passage.passage.text = passage.passage.text.replacing("fourteen", with: "nineteen")
      return passage
    }
    let answer = try answerer(knowledge, through: store)
      .answer("How many hours does the ferret sleep each day?")
    #expect(answer.outcome == .abstained && answer.citations.isEmpty)
    #expect(answer.refused == [.otherText])
    #expect(answer.text == "The data does not answer this.")
    let record = try #require(try knowledge.store.answer("a1"))
    #expect(record.citations == "[]" && record.answer?.contains("ferret") == false)
    let trace = try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    #expect(trace.refused == [.otherText] && trace.quotes.allSatisfy { !$0.chosen })
  }

  @Test func aPassageThatGoesMeanwhileIsNotQuoted() throws {
    let knowledge = try knowledge()
    let store = changing(knowledge) { _ in nil }
    let answer = try answerer(knowledge, through: store)
      .answer("How many hours does the ferret sleep each day?")
    #expect(answer.outcome == .abstained && answer.refused == [.passageGone])
  }

  @Test func theQuotesThatHoldAreCountedAnew() throws {
    let knowledge = try knowledge()
    let settings = AnswerSettings(minimumConfidence: 0, quotes: 3)
    let question = "ferret badger otter"
    let whole = try answerer(knowledge, answers: settings, margin: 100).answer(question)
    let first = try #require(whole.citations.first)
    #expect(whole.citations.count == 3)
    let store = changing(knowledge) { $0.id == first.passage ? nil : $0 }
    let answer = try answerer(knowledge, through: store, answers: settings, margin: 100)
      .answer(question)
    let rest = whole.citations.filter { $0.passage != first.passage }
    #expect(answer.outcome == .answered)
    #expect(answer.citations.map(\.quote) == rest.map(\.quote))
    #expect(answer.citations.map(\.marker) == Array(1...rest.count))
    #expect(answer.refused.count == 3 - rest.count && !answer.text.contains(first.quote))
  }

  @Test func anAnswerThatCannotBeKeptIsStillGiven() throws {
    struct Full: Error {}
    let knowledge = try knowledge()
    var store = InterceptedStore(knowledge)
    store.onSave = { throw Full() }
    let answer = try answerer(knowledge, through: store)
      .answer("How many hours does the ferret sleep each day?")
    #expect(answer.outcome == .answered && answer.traceFault is Full)
  }
}
