import Answering
import Store
import TestSupport
import Testing

@Suite struct TraceTests {
  private func record(_ id: String, at time: Double) -> AnswerRecord {
    AnswerRecord(
      id: id,
      createdAt: time,
      question: "What of \(id)?",
      answer: "This.",
      citations: "[]",
      trace: "{}",
      passages: []
    )
  }

  @Test func answersAreFoundByTheBeginningOfTheirIdentifier() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let records = [record("abc1", at: 1), record("abd2", at: 3), record("ab", at: 2)]
    for record in records { try store.save(record) }
    #expect(try store.answer("abc1") == records[0])
    #expect(try store.answer("abd") == records[1])
    #expect(try store.answer("ab") == records[2])
    #expect(try store.answer("x") == nil && store.answer("") == nil && store.answer("a%") == nil)
    let error = #expect(throws: StoreError.self) { try store.answer("a") }
    #expect(error?.code == .ambiguous)
    #expect(try store.recentAnswers(limit: 2) == [records[1], records[2]])
    #expect(try store.recentAnswers(limit: 0).isEmpty && store.recentAnswers(limit: -1).isEmpty)
    var changed = records[0]
    changed.answer = "That."
    try store.save(changed)
    #expect(try store.answer("abc1") == changed)
  }
}
