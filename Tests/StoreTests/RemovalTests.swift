import Answering
import Documents
import Foundation
import GRDB
import Knowledge
import Store
import TestSupport
import Testing

/// What was removed stands in no file of the workspace.
@Suite struct RemovalTests {
  private static func mark(_ number: Int) -> String { "plantqx\(number)zebra" }

  /// A document with a string that stands only there in its path, title, heading, text, field names,
  /// metadata and summary.
  private static func planted(_ number: Int, around texts: Int = 3) -> SyncBatch.Write {
    let mark = mark(number)
    let filler = String(repeating: "common words of every document ", count: 20)
    var write = Sample.document(
      "folder/\(mark).md",
      title: "Title \(mark)",
      texts: (0..<texts).map { "\(filler)\(mark) and \(mark)p\($0)" },
      headings: ["Under \(mark)"],
      summary: "In short: \(mark)",
      metadata: ["key": mark],
      seed: UInt64(number)
    )
    write.passages[0].passage.fields = [Field(column: mark, characters: 0..<1)]
    return write
  }

  private static func fill(_ store: KnowledgeStore, _ count: Int) throws -> Int64 {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    for start in stride(from: 0, to: count, by: 50) {
      try store.apply(Sample.batch(source, (start..<(start + 50)).map { planted($0) }))
    }
    try store.finishSync(Sample.run(source, added: count))
    return source
  }

  private func leaks(_ numbers: some Sequence<Int>, _ folder: TemporaryDirectory) throws
    -> [ByteSearch.Hit]
  {
    try ByteSearch.hits(numbers.map(Self.mark), under: folder.url)
  }

  @Test func changedAndRemovedDocuments() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try Self.fill(store, 300)
    #expect(try leaks([0, 7, 299], folder).isEmpty == false)
    let states = try store.documentStates(ofSource: source)
    let removed = stride(from: 0, to: 300, by: 3).map(\.self)
    let changed = stride(from: 1, to: 300, by: 3).map(\.self)
    let ids = removed.compactMap { states["folder/\(Self.mark($0)).md"]?.id }
    try store.apply(Sample.batch(source, [], removed: ids))
    // A changed document keeps its path, so the new text is put at a path that may stay.
    for number in changed {
      let id = try #require(states["folder/\(Self.mark(number)).md"]?.id)
      try store.apply(
        Sample.batch(source, [Sample.document("n\(number).md", texts: ["new"])], removed: [id])
      )
    }
    try store.finishSync(Sample.run(source, removed: ids.count + changed.count))
    #expect(try leaks(removed + changed, folder) == [])
    let kept = stride(from: 2, to: 300, by: 3).map(\.self)
    for number in kept.prefix(5) {
      let terms = [Self.mark(number)]
      #expect(
        try store.lexicalSearch(terms: terms, filter: SearchFilter(), limit: 9).count == 3
      )
    }
    for number in removed.prefix(5) {
      let terms = [Self.mark(number)]
      #expect(try store.lexicalSearch(terms: terms, filter: SearchFilter(), limit: 9).isEmpty)
    }
    #expect(try store.check(deep: true) == [])
  }

  @Test func replacedText() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    let first = (0..<100).map { number in
      Sample.document("\(number).md", title: Self.mark(number), texts: [Self.mark(number)])
    }
    try store.apply(Sample.batch(source, first))
    try store.finishSync(Sample.run(source, added: 100))
    let second = (0..<100).map { Sample.document("\($0).md", title: "t", texts: ["text \($0)"]) }
    try store.apply(Sample.batch(source, second))
    try store.finishSync(Sample.run(source, changed: 100))
    #expect(try leaks(0..<100, folder) == [])
  }

  @Test(arguments: [false, true]) func removedSource(_ isSmall: Bool) throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let other = try store.addSource(name: "other", kind: .folder, location: "/other", at: 1).id
    let kept = isSmall ? 500 : 5
    try store.apply(
      Sample.batch(
        other,
        (0..<kept).map { Sample.document("\($0)", texts: ["kept", "text", "x"]) }
      )
    )
    let source = try Self.fill(store, 150)
    try store.removeSource(source)
    #expect(try leaks(0..<150, folder) == [])
    #expect(
      try store.lexicalSearch(terms: ["kept"], filter: SearchFilter(), limit: 999).count == kept
    )
    #expect(try store.check(deep: true) == [])
  }

  @Test func oldAnswersForgetRemovedPassages() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try Self.fill(store, 50)
    let states = try store.documentStates(ofSource: source)
    let id = try #require(states["folder/\(Self.mark(3)).md"]?.id)
    let passages = try store.passages(ofDocument: id, ordinals: 0..<9).map(\.id)
    let record = AnswerRecord(
      id: "a1",
      createdAt: 5,
      question: "What?",
      answer: "It says \(Self.mark(3)).",
      citations: "[\"\(Self.mark(3))\"]",
      trace: "{\"passages\":3}",
      passages: passages
    )
    let other = AnswerRecord(
      id: "a2",
      createdAt: 6,
      question: "Else?",
      answer: "Other.",
      citations: "[]",
      trace: "{}",
      passages: []
    )
    try store.save(record)
    try store.save(other)
    try store.apply(Sample.batch(source, [], removed: [id]))
    var redacted = record
    redacted.answer = nil
    redacted.citations = nil
    #expect(try store.answer("a1") == redacted)
    #expect(try store.answer("a2") == other)
    // An answer that was on its way while its passage was removed.
    try store.save(record)
    #expect(try store.answer("a1") == redacted)
    try store.finishSync(Sample.run(source, removed: 1))
    #expect(try leaks([3], folder) == [])
  }

  @Test func failuresOfFormerSyncsGo() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    let failure = SyncFailure(
      source: "docs",
      isSkip: true,
      error: DocumentError(.corrupt, "Bad", subject: Self.mark(1), remedy: "-")
    )
    try store.finishSync(Sample.run(source, failures: [failure]))
    try store.finishSync(Sample.run(source))
    #expect(try leaks([1], folder) == [])
  }

  @Test func aBlockedPurgeIsReportedAndMadeUpFor() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store(busyTimeout: 0.05)
    let source = try Self.fill(store, 50)
    let ids = try store.documentStates(ofSource: source).values.map(\.id)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(
      path: folder.attune + "/" + KnowledgeStore.fileName,
      configuration: configuration
    )
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN; SELECT count(*) FROM passages")
    }
    try store.apply(Sample.batch(source, [], removed: ids))
    let error = #expect(throws: StoreError.self) {
      try store.finishSync(Sample.run(source, removed: 50))
    }
    #expect(error?.code == .busy && error?.message.contains("Deleted text") == true)
    #expect(try store.check(deep: false).count == 1)
    #expect(try store.counts()[source]?.documents == 0)
    try other.inDatabase { db in try db.execute(sql: "ROLLBACK") }
    try store.finishSync(Sample.run(source))
    #expect(try leaks(0..<50, folder) == [])
    #expect(try store.check(deep: true) == [])
  }

  @Test func emptiedSpaceGoesBackToTheDisk() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    func size() throws -> Int {
      let path = folder.attune + "/" + KnowledgeStore.fileName
      return try #require(
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      )
    }
    let source = try Self.fill(store, 500)
    let full = try size()
    try store.removeSource(source)
    #expect(try size() < full / 2)
  }
}
