import Answering
import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import Synchronization
import TestSupport
import Testing

/// Answers that a generator writes, from the question to the trace.
@Suite struct WrittenAnswerTests {
  private static let files = [
    "ferret.md": "# Ferrets\n\nThe ferret sleeps fourteen hours each day. It eats meat and eggs.\n",
    "badger.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    "people.csv": "id,name,city\n1,Ada,Bergen\n2,Bob,Oslo\n3,Cleo,Bergen\n",
  ]
  private static let question = "How many hours does the ferret sleep each day?"

  private final class Log<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    var all: [Element] { elements.withLock(\.self) }
    func add(_ element: Element) { elements.withLock { $0.append(element) } }
  }

  /// Weighs only how much of the question a quote holds, so that it is known when an answer is tried.
  private func answerer(
    _ knowledge: TestKnowledge,
    through store: InterceptedStore? = nil,
    writing: WritingSettings = WritingSettings(),
    minimum: Double = 0,
    generator: ObedientGenerator?
  ) -> Answerer {
    let store = store ?? InterceptedStore(knowledge)
    return Answerer(
      passages: store,
      traces: store,
      embedder: knowledge.embedder,
      answers: AnswerSettings(minimumConfidence: minimum, quotes: 3),
      generator: generator,
      writing: writing,
      environment: AnswerEnvironment(makeIdentifier: { "a1" }, now: { 5000 })
    )
  }

  private func knowledge() throws -> TestKnowledge {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    return knowledge
  }

  /// The number that a prompt gives to the passage with a text.
  private static func number(of text: String, in request: GenerationRequest) -> String {
    let content = request.messages.last?.content ?? ""
    let before = content.components(separatedBy: text)[0]
    return before.matches(of: #/passage \[(\d+)\]/#).last.map { String($0.1) } ?? "?"
  }

  private static let writer = ObedientGenerator { request in
    let number = number(of: "The ferret sleeps", in: request)
    return "The ferret sleeps 14 hours each day [\(number)]. It also plays chess [\(number)]. "
      + "See [more](http://evil.example) [99]."
  }

  @Test func sentencesComeOneByOneAndAreCheckedAndKept() async throws {
    let knowledge = try knowledge()
    let sentences = Log<GroundedSentence>()
    let answer = try await answerer(knowledge, generator: Self.writer)
      .answer(Self.question, typed: "And the ferret?") { sentences.add($0) }
    #expect(sentences.all == answer.sentences)
    #expect(answer.outcome == .answered && answer.generator == "scripted" && answer.id == "a1")
    #expect(answer.question == "And the ferret?")
    #expect(
      answer.text
        == "The ferret sleeps 14 hours each day. [1] It also plays chess. [unsupported]"
        + " See more. [unsupported]"
    )
    let citation = try #require(answer.citations.first)
    #expect(answer.citations.count == 1 && citation.verified && citation.marker == 1)
    #expect(citation.quote == "The ferret sleeps fourteen hours each day.")
    #expect(try CitationChecker(store: knowledge.store).faults(of: answer.citations) == [nil])
    #expect(answer.promptTokens == 100 && answer.completionTokens == 10)

    let record = try #require(try knowledge.store.answer("a1"))
    #expect(record.question == "And the ferret?" && record.answer == answer.text)
    let trace = try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    let generation = try #require(trace.generation)
    #expect(trace.generator == "scripted" && generation.finish == .stop)
    #expect(generation.sentences.map(\.isSupported) == [true, false, false])
    #expect(generation.sentences[2].unknownMarkers == [99] && generation.sentences[2].removed == 1)
    #expect(!record.trace.contains("chess") && !record.trace.contains("ferret"))
    #expect(!trace.context.isEmpty)
  }

  @Test func strictLeavesOutWhatIsNotSupported() async throws {
    let sentences = Log<GroundedSentence>()
    let answer = try await answerer(
      try knowledge(),
      writing: WritingSettings(strict: true),
      generator: Self.writer
    )
    .answer(Self.question) { sentences.add($0) }
    #expect(answer.text == "The ferret sleeps 14 hours each day. [1]")
    #expect(sentences.all.count == 1 && answer.sentences.count == 1)
  }

  @Test(arguments: [
    "The data does not answer this.", "The data does not answer this. The ferret eats meat [1].",
    "Ferrets play chess [1].", "", "[1]",
  ])
  func nothingSupportedIsAnAbstention(_ text: String) async throws {
    let knowledge = try knowledge()
    let answer = try await answerer(knowledge, generator: ObedientGenerator { _ in text })
      .answer(Self.question) { _ in }
    #expect(answer.outcome == .abstained && answer.text == "The data does not answer this.")
    #expect(answer.citations.isEmpty && answer.sentences.isEmpty && !answer.nearest.isEmpty)
    #expect(answer.generator == "scripted")
    let record = try #require(try knowledge.store.answer("a1"))
    #expect(!record.trace.contains("chess"))
  }

  @Test func belowTheThresholdNothingIsWritten() async throws {
    let asked = Log<Int>()
    let generator = ObedientGenerator { _ in
      asked.add(1)
      return "No."
    }
    let knowledge = try knowledge()
    let answer = try await answerer(knowledge, minimum: 1, generator: generator)
      .answer("What does a zeppelin weigh?") { _ in }
    let counted = try await answerer(knowledge, generator: generator)
      .answer("How many people are there in total?") { _ in }
    #expect(answer.outcome == .abstained && counted.outcome == .calculation)
    #expect(asked.all.isEmpty)
  }

  @Test func withoutAGeneratorItIsQuotes() async throws {
    let knowledge = try knowledge()
    let answerer = answerer(knowledge, generator: nil)
    let written = try await answerer.answer(Self.question) { _ in }
    let quoted = try answerer.answer(Self.question)
    #expect(written.text == quoted.text && written.citations == quoted.citations)
    #expect(written.generator == "extractive" && written.sentences.isEmpty)
  }

  @Test func aPassageThatChangesMeanwhileIsNotCited() async throws {
    let knowledge = try knowledge()
    let isWritten = Log<Int>()
    var store = InterceptedStore(knowledge)
    store.onPassages = { passages in
      guard !isWritten.all.isEmpty else { return passages }
      return passages.map { passage in
        var passage = passage
        passage.passage.text = passage.passage.text.replacing("fourteen", with: "nineteen")
        return passage
      }
    }
    let generator = ObedientGenerator { request in
      isWritten.add(1)
      return try Self.writer.text(request)
    }
    let answer = try await answerer(knowledge, through: store, generator: generator)
      .answer(Self.question) { _ in }
    #expect(answer.outcome == .abstained && answer.citations.isEmpty)
    #expect(answer.refused == [.otherText])
  }

  @Test func aSmallContextIsFilledAndSaid() async throws {
    let generator = ObedientGenerator(contextLength: 1000) { _ in "The badger digs a den." }
    let long = (1...12).map { "The badger digs den number \($0) with chambers. " }
    let knowledge = try TestKnowledge(
      Dictionary(
        uniqueKeysWithValues: (1...9).map { ("b\($0).txt", "Badger \($0). " + long.joined()) }
      )
    )
    try knowledge.sync()
    let answer = try await answerer(knowledge, generator: generator)
      .answer("What does the badger dig?") { _ in }
    #expect(answer.contextNote?.contains("left out") == true)
    let tiny = ObedientGenerator(contextLength: 600) { _ in "Yes." }
    let error = await #expect(throws: GenerationError.self) {
      try await answerer(knowledge, generator: tiny).answer("What does the badger dig?") { _ in }
    }
    #expect(error?.code == .promptTooLong)
  }

  @Test func whatFailsIsThrown() async throws {
    struct Stop: Error {}
    let knowledge = try knowledge()
    let failing = ObedientGenerator { _ in throw Stop() }
    await #expect(throws: Stop.self) {
      try await answerer(knowledge, generator: failing).answer(Self.question) { _ in }
    }
    await #expect(throws: Stop.self) {
      try await answerer(knowledge, generator: Self.writer).answer(Self.question) { _ in
        throw Stop()
      }
    }
    #expect(try knowledge.store.recentAnswers(limit: 5).isEmpty)
  }
}
