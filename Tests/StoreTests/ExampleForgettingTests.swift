import Answering
import Datasets
import Foundation
import Knowledge
import Store
import TestSupport
import Testing

/// Examples go, or lose their text, with the documents that they were made from.
@Suite struct ExampleForgettingTests {
  private static let mark = "plantqxzebra"

  /// A store with the documents `a` (two passages) and `b`, and examples of `a`.
  private struct Fixture {
    let folder: TemporaryDirectory
    let store: KnowledgeStore
    let source: Int64

    init() throws {
      folder = try TemporaryDirectory()
      store = try folder.store()
      source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
      try put(["The code is \(mark).", "Other words."])
      try store.apply(Sample.batch(source, [Sample.document("b", texts: ["Far away."])]))
    }

    /// Writes document `a` anew.
    func put(_ texts: [String]) throws {
      try store.apply(Sample.batch(source, [Sample.document("a", texts: texts)]))
      try store.finishSync(Sample.run(source, changed: 1))
    }

    /// Adds an example of the first passage.
    @discardableResult
    func add(
      _ question: String,
      _ state: ExampleState,
      answer: String? = nil,
      evidence: [ExampleEvidence] = []
    ) throws -> String {
      let passage = "The code is \(mark)."
      let example = Example(
        question: question,
        answer: "It is \(mark).",
        origin: .asked,
        passage: passage,
        source: .init(place: "attune://docs/a#chars=0-5", document: "attune://docs/a")
      )
      let own = ExampleEvidence(document: "attune://docs/a", texts: [passage])
      try store.add(
        [NewExample(example, state: state, answer: answer, evidence: [own] + evidence)],
        to: "main",
        at: 5
      )
      return example.identifier
    }

    func all() throws -> [StoredExample] {
      try store.examples(in: "main", matching: ExampleFilter())
    }

    func document(_ path: String) throws -> Int64 {
      try #require(try store.documentStates(ofSource: source)[path]?.id)
    }

    func save(answer id: String) throws {
      let passage = try #require(
        try store.passages(ofDocument: document("a"), ordinals: 0..<1).first?.id
      )
      try store.save(
        AnswerRecord(
          id: id,
          createdAt: 1,
          question: "What?",
          answer: "It is \(mark).",
          citations: "[]",
          trace: "{}",
          passages: [passage]
        )
      )
    }
  }

  @Test func aChangeElsewhereInTheDocumentSpoilsNothing() throws {
    let fixture = try Fixture()
    try fixture.add("kept", .kept)
    try fixture.add("candidate", .candidate)
    let before = try fixture.all()
    // The passage stands there still, divided in another way.
    try fixture.put(["New beginning. The code", "is\n\(Self.mark). And more.", "Changed words."])
    let after = try fixture.all()
    #expect(after.map(\.id) == before.map(\.id))
    #expect(after.allSatisfy { !$0.isStale })
    let states = try fixture.store.documentStates(ofSource: fixture.source)
    #expect(after.first?.example?.source?.documentHash == states["a"]?.contentHash)
    #expect(before.first?.example?.source?.documentHash != states["a"]?.contentHash)
  }

  @Test func whatChangedIsForgottenAndFlagged() throws {
    let fixture = try Fixture()
    let kept = try fixture.add("kept", .kept)
    try fixture.add("candidate", .candidate)
    try fixture.add("dropped", .dropped)
    try fixture.put(["The code is secret.", "Other words."])
    let left = try fixture.all()
    #expect(left.count == 1)
    let stub = try #require(left.first)
    #expect(stub.example == nil && stub.fault == .documentChanged && stub.id != kept)
    #expect(stub.state == .kept && stub.origin == .asked && stub.createdAt == 5)
    #expect(try ByteSearch.hits([Self.mark], under: fixture.folder.url) == [])
    // It does not stand in the way of what is made anew.
    #expect(try fixture.store.examples(in: "main", matching: .init(isStale: true)).count == 1)
    try fixture.put(["The code is \(Self.mark)."])
    try fixture.add("kept", .kept)
    #expect(try fixture.all().count == 2)
  }

  @Test(arguments: [false, true]) func whatIsRemovedIsForgotten(_ isSource: Bool) throws {
    let fixture = try Fixture()
    try fixture.add("kept", .kept)
    try fixture.add("candidate", .candidate)
    if isSource {
      try fixture.store.removeSource(fixture.source)
    } else {
      let id = try fixture.document("a")
      try fixture.store.apply(Sample.batch(fixture.source, [], removed: [id]))
      try fixture.store.finishSync(Sample.run(fixture.source, removed: 1))
    }
    let left = try fixture.all()
    #expect(left.count == 1 && left.first?.fault == .documentRemoved && left.first?.example == nil)
    #expect(try ByteSearch.hits([Self.mark], under: fixture.folder.url) == [])
    #expect(try fixture.store.check(deep: true) == [])
  }

  @Test func aDistractorsDocumentCountsToo() throws {
    let fixture = try Fixture()
    let other = ExampleEvidence(document: "attune://docs/b", texts: ["Far away."])
    try fixture.add("one", .kept, evidence: [other])
    try fixture.add("two", .kept)
    try fixture.store.apply(Sample.batch(fixture.source, [], removed: [fixture.document("b")]))
    #expect(try fixture.all().map(\.isStale) == [true, false])
  }

  @Test func anExampleOfADocumentThatIsNotHereIsStale() throws {
    let fixture = try Fixture()
    func add(_ question: String, document: String, hash: String?) throws {
      let example = Example(
        question: question,
        answer: "x",
        origin: .imported,
        passage: "Nobody wrote this.",
        source: .init(place: document, document: document, documentHash: hash)
      )
      try fixture.store.add([NewExample(example, state: .kept)], to: "main", at: 1)
    }
    try add("gone", document: "attune://docs/gone", hash: "1")
    try add("other", document: "attune://docs/a", hash: "an old hash")
    try add("file", document: "faq.csv", hash: nil)
    #expect(try fixture.all().map(\.fault) == [.documentRemoved, .documentChanged, nil])
  }

  @Test func feedbackIsForgottenWithItsAnswer() throws {
    let fixture = try Fixture()
    try fixture.save(answer: "a1")
    let original = try fixture.add("asked", .candidate, answer: "a1")
    let corrected = try fixture.add("asked as corrected", .kept, answer: "a1")
    let said = Feedback(
      answer: "a1",
      verdict: .correction("Say \(Self.mark)."),
      createdAt: 9,
      example: corrected
    )
    try fixture.store.save(said, in: "main")
    #expect(try fixture.store.feedback(onAnswer: "a1") == said)
    #expect(try fixture.store.example(ofAnswer: "a1", in: "main")?.id == original)
    try fixture.store.save(Feedback(answer: "a1", verdict: .good, createdAt: 10), in: "main")
    #expect(try fixture.store.feedback(onAnswer: "a1")?.verdict == .good)
    try fixture.store.save(said, in: "main")
    // Another passage of the document changes: the answer is forgotten, the kept example is not.
    try fixture.put(["The code is \(Self.mark).", "Words that changed."])
    #expect(try fixture.store.answer("a1")?.answer == nil)
    let feedback = try #require(try fixture.store.feedback(onAnswer: "a1"))
    #expect(feedback.verdict == nil && feedback.example == nil && feedback.createdAt == 9)
    let left = try fixture.all()
    #expect(left.map(\.id) == [corrected] && left.first?.answer == nil)
    try fixture.put(["Nothing."])
    #expect(try ByteSearch.hits([Self.mark], under: fixture.folder.url) == [])
  }

  @Test func aRewrittenQuestionIsForgottenWithItsConversation() throws {
    let fixture = try Fixture()
    try fixture.save(answer: "a1")
    for (question, answer) in [("first", "a1"), ("and then?", "a2")] {
      try fixture.store.save(
        AnswerRecord(
          id: answer,
          createdAt: 1,
          question: question,
          answer: "x",
          citations: "[]",
          trace: "{}",
          passages: answer == "a1"
            ? fixture.store.passages(ofDocument: fixture.document("a"), ordinals: 0..<1).map(\.id)
            : []
        )
      )
      try fixture.store.append(
        ConversationTurn(
          question: question,
          standalone: "\(question) (\(Self.mark))",
          answer: answer,
          createdAt: 1
        ),
        to: "c"
      )
    }
    // The second answer's own document stays; its question holds a word of the first one's.
    let example = Example(question: "and then? (\(Self.mark))", answer: "x", origin: .asked)
    try fixture.store.add(
      [NewExample(example, state: .kept, answer: "a2", evidence: [])],
      to: "main",
      at: 1
    )
    try fixture.store.removeSource(fixture.source)
    #expect(try fixture.all().map(\.example) == [nil])
    #expect(try ByteSearch.hits([Self.mark], under: fixture.folder.url) == [])
  }
}
