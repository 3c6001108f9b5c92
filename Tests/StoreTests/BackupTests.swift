import Documents
import Foundation
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct BackupTests {
  private func fill(_ store: KnowledgeStore, _ word: String) throws {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    let writes = (0..<30).map { number in
      Sample.document("\(number)", texts: ["\(word) \(number)"], summary: "s", seed: UInt64(number))
    }
    try store.apply(Sample.batch(source, writes))
    let gone = try store.documents(matching: SearchFilter(paths: ["7"])).map(\.id)
    try store.apply(Sample.batch(source, [], removed: gone))
    try store.finishSync(Sample.run(source, removed: 1))
  }

  private func contents(_ store: KnowledgeStore) throws -> [String] {
    var generator = SplitMix64(seed: 4)
    let hits = try store.vectorSearch(
      generator.unitVector(Sample.dimension),
      kind: .passage,
      filter: SearchFilter(),
      limit: 99
    )
    return try store.passages(hits.map(\.id)).map { "\($0.id) \($0.document) \($0.passage)" }
  }

  @Test func comesBackWhole() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    try fill(store, "first")
    let expected = try contents(store)
    #expect(expected.count == 29)
    try store.backup(to: folder.path("backup.sqlite"))
    #expect(throws: StoreError.self) { try store.backup(to: folder.path("backup.sqlite")) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("backup.sqlite-wal")))
    try KnowledgeStore.restore(from: folder.path("backup.sqlite"), into: folder.path("new"))
    let restored = try folder.store(at: "new")
    #expect(try contents(restored) == expected)
    #expect(try restored.check(deep: true) == [])
    try restored.finishSync(Sample.run(1))
    #expect(try restored.check(deep: true) == [])
  }

  @Test func takesThePlaceOfWhatWasThere() throws {
    let folder = try TemporaryDirectory()
    let first = try folder.store(at: "one")
    try fill(first, "first")
    let expected = try contents(first)
    try first.backup(to: folder.path("backup.sqlite"))
    let second = try folder.store(at: "two")
    try fill(second, "second")
    try second.close()
    try KnowledgeStore.restore(from: folder.path("backup.sqlite"), into: folder.path("two"))
    let restored = try folder.store(at: "two")
    #expect(try contents(restored) == expected)
    #expect(try restored.check(deep: true) == [])
    try restored.close()
    #expect(try ByteSearch.hits(["second"], under: folder.url.appendingPathComponent("two")) == [])
  }

  @Test func aBadBackupReplacesNothing() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    try fill(store, "first")
    let expected = try contents(store)
    try store.backup(to: folder.path("good.sqlite"))
    try store.close()
    let good = try Data(contentsOf: URL(fileURLWithPath: folder.path("good.sqlite")))
    try folder.write("nonsense", to: "bad.sqlite")
    try folder.write(good.prefix(good.count / 2), to: "cut.sqlite")
    try folder.write(Data(), to: "empty.sqlite")
    for name in ["bad.sqlite", "cut.sqlite", "empty.sqlite", "missing.sqlite"] {
      #expect(throws: StoreError.self) {
        try KnowledgeStore.restore(from: folder.path(name), into: folder.attune)
      }
    }
    let again = try folder.store()
    #expect(try contents(again) == expected)
    #expect(try again.check(deep: true) == [])
  }
}
