import Answering
import Datasets
import Foundation
import GRDB
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct ExampleStoreTests {
  private func pair(_ question: String, _ answer: String) -> NewExample {
    NewExample(
      Example(question: question, answer: answer, origin: .imported),
      state: .candidate
    )
  }

  @Test func examplesComeBackAsTheyWere() throws {
    let store = try TemporaryDirectory().store()
    var example = Example(
      [
        .init(.system, "Be brief.\0\u{7}"), .init(.user, "Why?", isLearnt: false),
        .init(.assistant, "Não sei — 不知道.", isLearnt: false), .init(.assistant, "Because."),
      ],
      origin: .synthesized,
      passage: "Because it is so.",
      distractors: ["It rains.", ""],
      source: .init(place: "faq.csv", document: "faq.csv", documentHash: "ab"),
      split: .validation
    )
    #expect(try store.add([NewExample(example, state: .kept)], to: "main", at: 7) == 1)
    let stored = try #require(try store.examples(in: "main", matching: ExampleFilter()).first)
    #expect(stored.example == example)
    #expect(stored.id == example.identifier && stored.createdAt == 7 && stored.state == .kept)
    #expect(stored.split == .validation && stored.origin == .synthesized && !stored.isStale)
    // What an example says decides whether it is known, not where it came from.
    example.source = nil
    example.split = .train
    #expect(try store.add([NewExample(example, state: .dropped)], to: "main", at: 8) == 0)
    #expect(try store.examples(in: "main", matching: ExampleFilter()) == [stored])
    #expect(try store.add([NewExample(example, state: .dropped)], to: "other", at: 8) == 1)
    #expect(try store.datasetNames() == ["main", "other"])
  }

  @Test func statesSplitsAndFilters() throws {
    let store = try TemporaryDirectory().store()
    let examples = (0..<6).map { pair("question \($0)", "answer \($0)") }
    try store.add(examples + examples, to: "d", at: 1)
    let ids = examples.map(\.example.identifier)
    try store.set(.kept, ofExamples: Array(ids[0..<4]) + ["nobody"], in: "d")
    try store.set(.dropped, ofExamples: [ids[5]], in: "d")
    try store.setSplits([ids[0]: .train, ids[1]: .test], in: "d")
    func found(_ filter: ExampleFilter) throws -> [String] {
      try store.examples(in: "d", matching: filter).map(\.id)
    }
    #expect(try found(ExampleFilter()) == ids)
    #expect(try found(ExampleFilter(states: [.kept])) == Array(ids[0..<4]))
    #expect(try found(ExampleFilter(states: [.candidate, .dropped])) == Array(ids[4...]))
    #expect(try found(ExampleFilter(splits: [.train, .test])) == Array(ids[0..<2]))
    #expect(try found(ExampleFilter(origins: [.asked])).isEmpty)
    #expect(try found(ExampleFilter(isStale: true)).isEmpty)
    #expect(try store.example(String(ids[2].prefix(20)), in: "d")?.id == ids[2])
    #expect(try store.example("", in: "d") == nil && store.example(ids[2], in: "other") == nil)
    let starts = Dictionary(grouping: ids) { $0.prefix(1) }
    if let shared = starts.first(where: { $0.value.count > 1 })?.key {
      let error = #expect(throws: StoreError.self) { try store.example(String(shared), in: "d") }
      #expect(error?.code == .ambiguous)
    }
  }

  @Test func anExampleIsReplaced() throws {
    let store = try TemporaryDirectory().store()
    try store.add([pair("a", "1"), pair("b", "2")], to: "d", at: 1)
    let first = pair("a", "1").example.identifier
    try store.setSplits([first: .train], in: "d")
    var better = pair("a", "one")
    better.state = .kept
    let id = try store.replace(first, in: "d", by: better)
    let stored = try #require(try store.example(id, in: "d"))
    #expect(stored.example?.answer == "one" && stored.state == .kept && stored.split == .train)
    #expect(try store.example(first, in: "d") == nil)
    // What another says already is not said twice.
    var same = pair("b", "2")
    same.state = .kept
    #expect(try store.replace(id, in: "d", by: same) == same.example.identifier)
    let left = try store.examples(in: "d", matching: ExampleFilter())
    #expect(left.count == 1 && left.first?.state == .kept && left.first?.example?.answer == "2")
    let error = #expect(throws: StoreError.self) { try store.replace("x", in: "d", by: same) }
    #expect(error?.code == .badValue)
  }

  @Test func aRemovedDatasetIsInNoFile() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let plants = (0..<60).map { "plantqx\($0)zebra" }
    let filler = String(repeating: "common words ", count: 40)
    try store.add(plants.map { pair("What is \($0)?", filler + $0) }, to: "gone", at: 1)
    try store.add([pair("kept", "kept")], to: "stays", at: 1)
    #expect(try !ByteSearch.hits(plants, under: folder.url).isEmpty)
    #expect(try store.removeDataset("gone") == 60)
    #expect(try ByteSearch.hits(plants, under: folder.url) == [])
    #expect(try store.datasetNames() == ["stays"] && store.removeDataset("gone") == 0)
    let id = try #require(try store.examples(in: "stays", matching: ExampleFilter()).first?.id)
    try store.removeExamples([id], in: "stays")
    #expect(try store.datasetNames().isEmpty)
  }

  @Test func aStoreOfTheSecondVersionIsBroughtUpToDate() throws {
    let folder = try TemporaryDirectory()
    let second = try folder.store()
    let record = AnswerRecord(
      id: "a1",
      createdAt: 1,
      question: "What?",
      answer: "This.",
      citations: "[]",
      trace: "{}",
      passages: []
    )
    try second.save(record)
    try second.close()
    let queue = try DatabaseQueue(path: folder.attune + "/knowledge.sqlite")
    try queue.write { db in
      try db.execute(
        sql: """
          DROP TRIGGER forget_asked; DROP TRIGGER forget_feedback; DROP TRIGGER forget_examples;
          DROP TABLE feedback; DROP TABLE example_answers; DROP TABLE example_documents;
          DROP TABLE examples; DELETE FROM grdb_migrations WHERE identifier IN ('3', '4');
          ALTER TABLE documents DROP COLUMN seen_by;
          PRAGMA user_version = 2;
          """
      )
    }
    try queue.close()
    // A backup that the older program made is as good.
    let backup = folder.path("backup.sqlite")
    try FileManager.default.copyItem(atPath: folder.attune + "/knowledge.sqlite", toPath: backup)
    try KnowledgeStore.restore(from: backup, into: folder.path("restored"))
    #expect(try folder.store(at: "restored").answer("a1") == record)
    let reading = #expect(throws: StoreError.self) {
      try KnowledgeStore(directory: folder.attune, access: .readOnly)
    }
    #expect(reading?.code == .readOnly && reading?.remedy.contains("up to date") == true)
    let store = try folder.store()
    #expect(try store.answer("a1") == record)
    try store.add([NewExample(pair("a", "b").example, state: .kept, answer: "a1")], to: "m", at: 1)
    #expect(try store.example(ofAnswer: "a1", in: "m")?.answer == "a1")
    #expect(try store.check(deep: true) == [])
  }
}
