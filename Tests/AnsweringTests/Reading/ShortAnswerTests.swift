import Answering
import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import Synchronization
import TestSupport
import Testing

/// Short answers of a reader, from the question to the trace.
@Suite struct ShortAnswerTests {
  private static let files = [
    "ferret.md": "# Ferrets\n\nThe ferret sleeps fourteen hours each day. It eats meat and eggs.\n",
    "badger.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    "otter.txt": "The otter swims in the river and eats fish.\n",
    "people.csv": "id,name,city\n1,Ada,Bergen\n2,Bob,Oslo\n3,Cleo,Bergen\n",
  ]
  private static let question = "How many hours does the ferret sleep each day?"
  private static let quote = "The ferret sleeps fourteen hours each day. It eats meat and eggs."

  /// Sure of what is likelier than about one half; `doubt` is how much it counts that no passage answers.
  private static func calibration(leastShort: Double = 0.5, doubt: Double = 0)
    -> AnswerCalibration
  {
    func weights(_ names: [String], _ values: [String: Double], bias: Double = 0) -> QuoteWeights {
      QuoteWeights(bias: bias, weights: names.map { values[$0] ?? 0 })
    }
    return AnswerCalibration(
      ranking: weights(QuoteFeatures.names, ["coverage": 10, "similarity": 1], bias: -4),
      confidence: weights(ConfidenceFeatures.names, ["logit": 1]),
      quoteMargin: 0.5,
      reading: ReadingCalibration(
        sharpness: 1,
        answer: weights(
          ConfidenceFeatures.names + ReadingFeatures.names,
          ["logit": 1, "noneAnywhere": -doubt],
          bias: -doubt
        ),
        short: weights(ReadingFeatures.names, ["likelihood": 4], bias: 3),
        leastShort: leastShort
      )
    )
  }

  private func knowledge() throws -> TestKnowledge {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    return knowledge
  }

  private func answerer(
    _ knowledge: TestKnowledge,
    through store: InterceptedStore? = nil,
    reader: ScriptedReader?,
    generator: ObedientGenerator? = nil,
    minimum: Double = 0.5,
    calibration: AnswerCalibration? = nil
  ) -> Answerer {
    let store = store ?? InterceptedStore(knowledge)
    return Answerer(
      passages: store,
      traces: store,
      embedder: knowledge.embedder,
      answers: AnswerSettings(minimumConfidence: minimum, quotes: 3),
      calibration: calibration ?? Self.calibration(),
      generator: generator,
      reader: reader,
      environment: AnswerEnvironment(makeIdentifier: { "a1" }, now: { 5000 })
    )
  }

  private func trace(_ knowledge: TestKnowledge) throws -> AnswerTrace {
    let record = try #require(try knowledge.store.answer("a1"))
    return try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
  }

  @Test func theAnswerComesFirstAndItsQuoteUnderIt() throws {
    let knowledge = try knowledge()
    let answer = try answerer(knowledge, reader: ScriptedReader(copying: ["fourteen hours"]))
      .answer(Self.question)
    #expect(answer.text == "fourteen hours [1]\n\n\(Self.quote) [2]")
    let short = try #require(answer.shortAnswer)
    #expect(short.text == "fourteen hours" && short.markers == [1] && short.isVerbatim)
    #expect(short.confidence > 0.5)
    #expect(answer.generator == "scripted-reader" && answer.sentences.isEmpty)
    #expect(answer.citations.map(\.quote) == ["fourteen hours", Self.quote])
    #expect(answer.citations.allSatisfy { $0.verified && $0.document == "ferret.md" })
    #expect(try CitationChecker(store: knowledge.store).faults(of: answer.citations) == [nil, nil])
  }

  @Test func whereTheReaderIsNotSureItIsQuotesAsWithoutOne() throws {
    let knowledge = try knowledge()
    let plain = try answerer(knowledge, reader: nil).answer(Self.question)
    for reader in [
      ScriptedReader { _, _ in .nothing },
      ScriptedReader(copying: ["fourteen hours"], probability: 0.2),
      ScriptedReader { _, _ in PassageReading(writing: "nineteen hours", probability: 0.9) },
      // Places that no passage has.
      ScriptedReader { _, passage in
        PassageReading(
          replies: [
            .init(text: "x", copied: [5..<5000], isVerbatim: true, logProbability: -0.01)
          ],
          logProbabilityOfNone: -9,
          tokens: 1
        )
      },
    ] {
      let answer = try answerer(knowledge, reader: reader).answer(Self.question)
      #expect(answer.text == plain.text && answer.citations == plain.citations)
      #expect(answer.shortAnswer == nil && answer.generator == "extractive")
      #expect(answer.readerFault == nil)
      #expect(try trace(knowledge).reading?.isShown == false)
    }
  }

  @Test func whatIsWrittenIsShownWhereThePassageHoldsIt() throws {
    let reader = ScriptedReader { _, passage in
      passage.contains("meat")
        ? PassageReading(writing: "meat and eggs", probability: 0.9) : .nothing
    }
    let answer = try answerer(try knowledge(), reader: reader, minimum: 0)
      .answer("What does the ferret eat?")
    let short = try #require(answer.shortAnswer)
    #expect(short.text == "meat and eggs" && !short.isVerbatim && short.markers == [1])
    #expect(answer.citations.first?.quote == "It eats meat and eggs.")
  }

  @Test func theValueOfARowIsCitedWithItsColumn() throws {
    let answer = try answerer(
      try knowledge(),
      reader: ScriptedReader(copying: ["Oslo"]),
      minimum: 0
    ).answer("Which city does Bob live in?")
    let citation = try #require(answer.citations.first)
    #expect(answer.shortAnswer?.text == "Oslo" && citation.quote == "Oslo" && citation.verified)
    #expect(citation.column == "city" && citation.url.contains("row=2"))
  }

  @Test(arguments: [
    ("The salt loop runs at 35 °C for four days.", "35", "35 °C"),
    ("The salt loop takes 96 hours in all.", "96", "96 hours"),
    ("The ferret sleeps fourteen hours each day.", "fourteen", "fourteen hours"),
    ("Everyone has 27 working days of leave.", "27", "27 working days"),
    ("The share grew by 12 % in spring.", "12", "12 %"),
    ("A budget of EUR 610,000 was set.", "610,000", "EUR 610,000"),
    ("A budget of €4,500 was set.", "4,500", "€4,500"),
    // Where there is no unit, or the figure is part of another.
    ("The canteen closes at 14:20 each day.", "14:20", "14:20"),
    ("Chapter 5 of the handbook says so.", "5", "5"),
    ("The share grew by 35.5 percent.", "35", "35"),
    ("The boat makes 12 m/s at best.", "12", "12"),
  ])
  func aFigureComesWithItsUnit(text: String, copied: String, shown: String) throws {
    let knowledge = try TestKnowledge(["a.txt": text + "\n"])
    try knowledge.sync()
    let answer = try answerer(knowledge, reader: ScriptedReader(copying: [copied]), minimum: 0)
      .answer("Tell me about this: \(text)")
    #expect(answer.shortAnswer?.text == shown && answer.citations.first?.quote == shown)
    #expect(answer.refused.isEmpty)
  }

  @Test func passagesThatAgreeSpeakTogether() throws {
    let knowledge = try TestKnowledge([
      "a.txt": "The harbour wall was built in 1931.\n",
      "b.txt": "The harbour wall was built in 1904 of stone.\n",
      "c.txt": "The harbour wall, built in 1904, is long.\n",
    ])
    try knowledge.sync()
    var calibration = Self.calibration(leastShort: 0)
    calibration.reading?.sharpness = 0
    let reader = ScriptedReader { _, passage in
      PassageReading(copying: "1931", of: passage, probability: 0.8)
        ?? PassageReading(copying: "1904", of: passage, probability: 0.5) ?? .nothing
    }
    let answer = try answerer(knowledge, reader: reader, minimum: 0, calibration: calibration)
      .answer("When was the harbour wall built?")
    #expect(answer.shortAnswer?.text == "1904")
    #expect(answer.citations[1].quote.contains("1904"), "its own quote stands under it")
  }

  @Test func theReaderHasASayInAbstaining() throws {
    let knowledge = try knowledge()
    let calibration = Self.calibration(doubt: 20)
    let doubting = ScriptedReader { _, _ in .nothing }
    let sure = ScriptedReader(copying: ["fourteen hours"], probability: 0.999)
    let abstained = try answerer(knowledge, reader: doubting, calibration: calibration)
      .answer(Self.question)
    #expect(abstained.outcome == .abstained && abstained.shortAnswer == nil)
    #expect(try trace(knowledge).reading?.passages.isEmpty == false)
    let only = ScriptedReader { question, passage in
      try passage.contains("ferret")
        ? sure.script(question, passage)
        : PassageReading(replies: [], logProbabilityOfNone: -9, tokens: 1)
    }
    #expect(
      try answerer(knowledge, reader: only, calibration: calibration).answer(Self.question).outcome
        == .answered
    )
  }

  @Test func whatTheDataDoesNotHoldIsNotAnswered() throws {
    let answer = try answerer(try knowledge(), reader: ScriptedReader(copying: ["e"]))
      .answer("What does a zeppelin weigh?")
    #expect(answer.outcome == .abstained && answer.shortAnswer == nil && answer.citations.isEmpty)
  }

  @Test func countingIsNotRead() throws {
    let reader = ScriptedReader { _, _ in
      Issue.record("a calculation needs no reading")
      return .nothing
    }
    let answer = try answerer(try knowledge(), reader: reader)
      .answer("How many people are there in total?")
    #expect(answer.outcome == .calculation)
  }

  @Test func aReaderThatFailsLeavesQuotes() throws {
    struct Broken: Error {}
    let answer = try answerer(try knowledge(), reader: ScriptedReader { _, _ in throw Broken() })
      .answer(Self.question)
    #expect(answer.outcome == .answered && answer.text == "\(Self.quote) [1]")
    #expect(answer.readerFault is Broken && answer.shortAnswer == nil)
  }

  @Test func aGeneratorWritesWithoutTheReader() async throws {
    let reader = ScriptedReader { _, _ in
      Issue.record("the generator reads for itself")
      return .nothing
    }
    let generator = ObedientGenerator { _ in "The ferret sleeps 14 hours each day." }
    let answer = try await answerer(try knowledge(), reader: reader, generator: generator)
      .answer(Self.question) { _ in }
    #expect(answer.generator == "scripted" && answer.shortAnswer == nil)
  }

  // MARK: What is checked and kept

  @Test func anAnswerWhosePassageChangesMeanwhileIsNotShown() throws {
    let knowledge = try knowledge()
    let calls = Mutex(0)
    var store = InterceptedStore(knowledge)
    store.onPassages = { passages in
      let isFirst = calls.withLock { calls in
        calls += 1
        return calls == 1
      }
      return isFirst
        ? passages
        : passages.map { passage in
          var passage = passage
          passage.passage.text = passage.passage.text.replacing("fourteen", with: "nineteen")
          return passage
        }
    }
    let answer = try answerer(
      knowledge,
      through: store,
      reader: ScriptedReader(copying: ["fourteen hours"])
    ).answer(Self.question)
    #expect(answer.outcome == .abstained && answer.shortAnswer == nil && answer.citations.isEmpty)
    #expect(answer.refused == [.otherText, .otherText] && answer.generator == "extractive")
  }

  @Test func everyUntrueChangeOfItsCitationIsRefused() throws {
    let knowledge = try knowledge()
    let answer = try answerer(knowledge, reader: ScriptedReader(copying: ["fourteen hours"]))
      .answer(Self.question)
    let citation = try #require(answer.citations.first)
    let passages = try knowledge.passages()
    let passage = try #require(passages.first { $0.id == citation.passage })
    var random = SplitMix64(seed: 5)
    for mutation in CitationMutation.allCases where mutation != .deletedPassage {
      for _ in 0..<20 {
        let changed = mutation.applied(
          to: citation,
          of: passage,
          others: passages.filter { $0.id != passage.id },
          gone: 999_999,
          summary: 999_998,
          using: &random
        )
        guard let changed else { continue }
        #expect(
          try CitationChecker(store: knowledge.store).faults(of: [changed])[0] != nil,
          "\(mutation): \(changed)"
        )
      }
    }
  }

  @Test func theTraceSaysWhatWasReadAndHoldsNoText() throws {
    let knowledge = try knowledge()
    let answer = try answerer(knowledge, reader: ScriptedReader(copying: ["fourteen hours"]))
      .answer(Self.question)
    let record = try #require(try knowledge.store.answer("a1"))
    #expect(record.answer == answer.text)
    #expect(!record.trace.contains("fourteen") && !record.trace.contains("ferret"))
    let trace = try trace(knowledge)
    let reading = try #require(trace.reading)
    #expect(trace.generator == "scripted-reader" && reading.reader == "scripted-reader")
    #expect(reading.isShown && reading.confidence == answer.shortAnswer?.confidence)
    #expect(reading.chosen == answer.citations[0].passage)
    #expect(Set(reading.features.keys) == Set(ReadingFeatures.names))
    let read = try #require(reading.passages.first { $0.passage == reading.chosen })
    let reply = try #require(read.replies.first)
    let passage = try #require(try knowledge.store.passages([read.passage]).first)
    #expect(reply.characters.map { slice(passage.passage.text, $0) } == ["fourteen hours"])
    #expect(abs(reply.probability - 0.9) < 1e-9 && abs(read.none - 0.1) < 1e-9)
    #expect(Set(reading.passages.map(\.passage)).isSubset(of: Set(record.passages)))
    // Each passage read is counted with those that were weighed.
    let weighed = trace.context.reduce(0) { $0 + $1.tokens }
    #expect(answer.promptTokens == weighed + 7 * reading.passages.count)
  }
}
