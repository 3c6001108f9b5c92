import Answering
import GRDB
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct ConversationTests {
  private func turn(_ question: String, answer: String, at time: Double) -> ConversationTurn {
    ConversationTurn(
      question: question,
      standalone: "\(question) (alone)",
      answer: answer,
      createdAt: time
    )
  }

  @Test func turnsComeBackInOrderAndConversationsNewestFirst() throws {
    let store = try TemporaryDirectory().store()
    let turns = [turn("one", answer: "a1", at: 1), turn("two", answer: "a2", at: 2)]
    for turn in turns { try store.append(turn, to: "abc1") }
    try store.append(turn("other", answer: "a3", at: 3), to: "abd2")
    #expect(try store.conversation("abc1")?.turns == turns)
    let byPrefix = try store.conversation("abd")
    #expect(byPrefix?.id == "abd2" && byPrefix?.turns.count == 1)
    #expect(try store.conversation("x") == nil && store.conversation("") == nil)
    #expect(throws: StoreError.self) { try store.conversation("ab") }
    let recent = try store.recentConversations(limit: 5)
    #expect(recent.map(\.id) == ["abd2", "abc1"] && recent.map(\.turns) == [1, 2])
    #expect(recent.map(\.firstQuestion) == ["other", "one"])
    #expect(try store.recentConversations(limit: 0).isEmpty)
  }

  /// A rewritten question may hold words of an earlier answer.
  @Test func aConversationForgetsWithThePassagesBehindItsAnswers() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try store.apply(Sample.batch(source, [Sample.document("a", texts: ["one"])]))
    let passage = try #require(
      try store.lexicalSearch(
        terms: ["one"],
        filter: SearchFilter(),
        limit: 1
      ).first?.id
    )
    try store.save(
      AnswerRecord(
        id: "a1",
        createdAt: 1,
        question: "first",
        answer: "One.",
        citations: "[]",
        trace: "{}",
        passages: [passage]
      )
    )
    try store.append(turn("first", answer: "a1", at: 1), to: "c")
    try store.append(turn("plantqxword", answer: "a2", at: 2), to: "c")
    try store.removeSource(source)
    let turns = try #require(try store.conversation("c")?.turns)
    #expect(turns.map(\.question) == ["first", "plantqxword"])
    #expect(turns.allSatisfy { $0.standalone == nil })
  }

  @Test func aStoreOfTheFirstVersionIsBroughtUpToDate() throws {
    let folder = try TemporaryDirectory()
    let first = try folder.store()
    let source = try first.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try first.apply(Sample.batch(source, [Sample.document("a", texts: ["one"])]))
    try first.close()
    let queue = try DatabaseQueue(path: folder.attune + "/knowledge.sqlite")
    try queue.write { db in
      try db.execute(
        sql: """
          DROP TRIGGER forget_feedback; DROP TRIGGER forget_examples; DROP TABLE feedback;
          DROP TABLE example_answers; DROP TABLE example_documents; DROP TABLE examples;
          DROP TRIGGER forget_turns; DROP TABLE turns; DROP TABLE conversations;
          ALTER TABLE documents DROP COLUMN seen_by;
          DELETE FROM grdb_migrations WHERE identifier IN ('2', '3', '4'); PRAGMA user_version = 1;
          """
      )
    }
    try queue.close()
    let store = try folder.store()
    try store.append(turn("one", answer: "a1", at: 1), to: "c")
    #expect(try store.conversation("c")?.turns.count == 1)
    #expect(try store.counts()[source]?.documents == 1)
    #expect(try store.datasetNames().isEmpty)
  }
}
