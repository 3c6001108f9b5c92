import Foundation
import GRDB
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct OpeningTests {
  @Test func makesAPrivateFolderAndOpensItAgain() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    #expect(try store.embedder() == nil)
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1)
    try store.apply(Sample.batch(source.id, [Sample.document("a", texts: ["one"])]))
    try store.close()
    let again = try KnowledgeStore(directory: folder.attune)
    #expect(try again.sources() == [source])
    let embedder = try #require(try again.embedder())
    #expect(embedder.identity == Sample.embedder && embedder.dimension == Sample.dimension)
    let permissions =
      try FileManager.default.attributesOfItem(atPath: folder.attune)[.posixPermissions] as? Int
    #expect(permissions == 0o700)
  }

  @Test func refusesAnotherEmbedder() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try store.apply(Sample.batch(source, [Sample.document("a", texts: ["one"])]))
    for (identity, dimension) in [("other", Sample.dimension), (Sample.embedder, 99)] {
      let error = #expect(throws: KnowledgeError.self) {
        try KnowledgeStore(directory: folder.attune, embedder: identity, dimension: dimension)
      }
      #expect(error?.code == .embedderChanged && error?.remedy.isEmpty == false)
    }
  }

  @Test func refusesANewerSchema() throws {
    let folder = try TemporaryDirectory()
    try folder.store().close()
    let queue = try DatabaseQueue(path: folder.attune + "/knowledge.sqlite")
    try queue.write { db in
      try db.execute(
        sql: "PRAGMA user_version = 99; UPDATE meta SET value = '7.5' WHERE key = 'written_by'"
      )
    }
    try queue.close()
    let error = #expect(throws: StoreError.self) { try folder.store() }
    #expect(error?.code == .newerVersion && error?.remedy.contains("7.5") == true)
  }

  /// What a program leaves that was killed before the first migration.
  @Test func aDatabaseThatHoldsNothingYetIsNew() throws {
    let folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.attune,
      withIntermediateDirectories: true
    )
    let queue = try DatabaseQueue(path: folder.attune + "/knowledge.sqlite")
    try queue.write { db in
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    try queue.close()
    #expect(try folder.store().sources().isEmpty)
  }

  @Test func readOnlyNeverWrites() throws {
    let folder = try TemporaryDirectory()
    let missing = #expect(throws: StoreError.self) {
      try KnowledgeStore(directory: folder.attune, access: .readOnly)
    }
    #expect(missing?.code == .missing)
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try store.apply(Sample.batch(source, [Sample.document("a", texts: ["one"])]))
    let reader = try KnowledgeStore(directory: folder.attune, access: .readOnly)
    #expect(try reader.documents(matching: SearchFilter()).count == 1)
    let error = #expect(throws: StoreError.self) {
      try reader.apply(Sample.batch(source, [Sample.document("b", texts: ["two"])]))
    }
    #expect(error?.code == .readOnly)
  }

  @Test func aFileInTheWayIsNamed() throws {
    let folder = try TemporaryDirectory()
    try folder.write("x", to: ".attune")
    let error = #expect(throws: StoreError.self) { try folder.store() }
    #expect(error?.subject.contains(".attune") == true)
  }

  @Test func plainAnalysisDoesNotStem() throws {
    let folder = try TemporaryDirectory()
    for (name, analysis) in [("s", LexicalAnalysis.stemmed), ("p", .plain)] {
      var store = try KnowledgeStore(directory: folder.path(name), analysis: analysis)
      let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
      try store.apply(Sample.batch(source, [Sample.document("a", texts: ["returned goods"])]))
      try store.close()
      // What was chosen at the beginning stays, whatever is asked for later.
      store = try KnowledgeStore(directory: folder.path(name))
      let expected = analysis == .stemmed ? 1 : 0
      #expect(
        try store.lexicalSearch(terms: ["returning"], filter: SearchFilter(), limit: 9).count
          == expected
      )
      #expect(
        try store.documentFrequencies(of: ["returning"]).frequencies == ["returning": expected]
      )
    }
  }

  @Test func oneHoldsTheLock() throws {
    let folder = try TemporaryDirectory()
    let lock = try WorkspaceLock.acquire(directory: folder.url.path)
    let error = #expect(throws: StoreError.self) {
      try WorkspaceLock.acquire(directory: folder.url.path)
    }
    #expect(error?.code == .locked)
    #expect(error?.message.contains("process \(getpid())") == true)
    lock.release()
    lock.release()
    let again = try WorkspaceLock.acquire(directory: folder.url.path)
    again.release()
    #expect(throws: StoreError.self) {
      try WorkspaceLock.acquire(directory: folder.path("missing"))
    }
  }
}
