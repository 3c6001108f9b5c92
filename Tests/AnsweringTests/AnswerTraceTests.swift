import Answering
import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import TestSupport
import Testing

/// What is kept of an answer, and for how long.
@Suite struct AnswerTraceTests {
  private static let marks = ["plantqxone", "plantqxtwo", "plantqxthree", "plantqxfour"]
  private static let files = [
    "a.md":
      "# Ferrets \(marks[0])\n\nThe ferret sleeps \(marks[1]) hours each day. Its \(marks[2]) is soft.\n",
    "b.md": "# Badgers\n\nThe badger digs a den.\n",
    "c.csv": "id,animal,note\n1,ferret,\(marks[3])\n",
  ]
  private static let question = "How many hours does the ferret sleep each day?"

  private func answer(
    _ knowledge: TestKnowledge,
    id: String = "a1",
    reranker: (any PassageReranker)? = nil
  ) throws -> Answer {
    let weights = QuoteWeights(
      bias: -4,
      weights: QuoteFeatures.names.map { $0 == "coverage" ? 12 : 0 }
    )
    let confidence = QuoteWeights(
      bias: 0,
      weights: ConfidenceFeatures.names.map { $0 == "logit" ? 1 : 0 }
    )
    let store = InterceptedStore(knowledge)
    return try Answerer(
      passages: store,
      traces: store,
      embedder: knowledge.embedder,
      search: SearchSettings(denseWeight: 0.4),
      reranker: reranker,
      answers: AnswerSettings(minimumConfidence: 0.3),
      calibration: AnswerCalibration(ranking: weights, confidence: confidence, quoteMargin: 1),
      environment: AnswerEnvironment(makeIdentifier: { id }, now: { 5000 })
    ).answer(Self.question)
  }

  @Test func aRerankerIsAStageOfItsOwnAndChangesNoFeature() throws {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    let plain = try answer(knowledge)
    let reranked = try answer(knowledge, id: "a2", reranker: WordReranker(word: "badger"))
    #expect(plain.timings.rerank == nil)
    #expect(try #require(reranked.timings.rerank) <= reranked.timings.retrieve)
    func trace(_ id: String) throws -> AnswerTrace {
      let record = try #require(try knowledge.store.answer(id))
      return try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    }
    let (before, after) = (try trace("a1"), try trace("a2"))
    #expect(before.reranker == nil && after.reranker == "words@1")
    #expect(before.retrieved.allSatisfy { $0.scores.reranker == nil })
    #expect(after.retrieved.contains { $0.scores.reranker == 1 })
    // What quotes were weighed with does not know of it, but for the rank.
    func features(_ trace: AnswerTrace) -> [Int64: Double] {
      trace.quotes.reduce(into: [:]) { $0[$1.passage] = $1.features["relativeScore"] }
    }
    #expect(features(before) == features(after))
  }

  @Test func theTraceLeadsToEverythingAndHoldsNoText() throws {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    let answer = try answer(knowledge)
    #expect(answer.outcome == .answered && answer.text.contains(Self.marks[1]))

    let record = try #require(try knowledge.store.answer("a1"))
    #expect(record.question == Self.question && record.answer == answer.text)
    #expect(record.createdAt == 5000)
    for mark in Self.marks + ["ferret", "Ferrets", "badger", "soft", "sleeps"] {
      #expect(!record.trace.contains(mark), "\(mark)")
    }

    let trace = try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    #expect(trace.outcome == .answered && trace.generator == "extractive")
    #expect(trace.embedder == knowledge.embedder.identity && trace.search.denseWeight == 0.4)
    #expect(trace.minimumConfidence == 0.3 && trace.confidence == answer.confidence)
    #expect(trace.timings == answer.timings)
    #expect(Set(trace.retrieved.map(\.passage)).isSubset(of: Set(record.passages)))
    #expect(Set(trace.context.map(\.passage)).isSubset(of: Set(record.passages)))
    #expect(trace.context.reduce(0) { $0 + $1.tokens } == answer.promptTokens)

    let passages = try knowledge.store.passages(record.passages)
    #expect(passages.count == record.passages.count)
    let chosen = trace.quotes.filter(\.chosen).compactMap { quote in
      passages.first { $0.id == quote.passage }.map { slice($0.passage.text, quote.characters) }
    }
    #expect(Set(chosen) == Set(answer.citations.map(\.quote)))
    #expect(trace.quotes.allSatisfy { Set($0.features.keys) == Set(QuoteFeatures.names) })
    #expect(zip(trace.quotes, trace.quotes.dropFirst()).allSatisfy { $0.score >= $1.score })

    let citations = try JSONDecoder().decode(
      [Citation].self,
      from: Data(try #require(record.citations).utf8)
    )
    #expect(citations == answer.citations)
  }

  @Test func quotesAtTheSamePlaceOfTwoDocumentsAreToldApart() throws {
    let text = "The ferret sleeps many hours each day."
    let knowledge = try TestKnowledge([
      "a.txt": text, "b.txt": "The badger digs each day all day long.",
    ])
    try knowledge.sync()
    let answer = try answer(knowledge)
    #expect(answer.citations.map(\.document) == ["a.txt"])
    let record = try #require(try knowledge.store.answer("a1"))
    let trace = try JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    #expect(trace.quotes.count == 2)
    #expect(trace.quotes.filter(\.chosen).map(\.passage) == answer.citations.map(\.passage))
  }

  @Test func anAnswerForgetsWhatWasRemoved() throws {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    _ = try answer(knowledge)
    let kept = try #require(try knowledge.store.answer("a1"))
    knowledge.source.remove("a.md")
    try knowledge.sync()

    let record = try #require(try knowledge.store.answer("a1"))
    #expect(record.answer == nil && record.citations == nil)
    #expect(record.question == Self.question && record.trace == kept.trace)
    #expect(try ByteSearch.hits(Array(Self.marks.prefix(3)), under: knowledge.folder.url) == [])
    #expect(try ByteSearch.hits([Self.marks[3]], under: knowledge.folder.url).isEmpty == false)
    // A new answer does not bring it back.
    #expect(try answer(knowledge, id: "a2").text.contains(Self.marks[1]) == false)
  }

  @Test func aCalculationForgetsItsTable() throws {
    let table = "plantqxtable.csv"
    let knowledge = try TestKnowledge([
      "a.md": "# Ferrets\n\nThe ferret sleeps.\n", table: "id,name\n1,Ada\n2,Bob\n",
    ])
    try knowledge.sync()
    let answerer = Answerer(
      passages: knowledge.store,
      traces: knowledge.store,
      embedder: knowledge.embedder,
      environment: AnswerEnvironment(makeIdentifier: { "c1" }, now: { 1 })
    )
    let answer = try answerer.answer("How many rows of plantqxtable are there in total?")
    #expect(answer.outcome == .calculation && answer.text.contains("plantqxtable"))
    knowledge.source.remove(table)
    try knowledge.sync()
    let record = try #require(try knowledge.store.answer("c1"))
    #expect(record.answer == nil && !record.trace.contains("plantqxtable"))
  }

  @Test func anAnswerForgetsWhatWasChanged() throws {
    let knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    _ = try answer(knowledge)
    knowledge.source.write("# Ferrets\n\nThe ferret plays.\n", to: "a.md")
    try knowledge.sync()
    #expect(try knowledge.store.answer("a1")?.answer == nil)
    #expect(try ByteSearch.hits(Array(Self.marks.prefix(3)), under: knowledge.folder.url) == [])
  }
}
