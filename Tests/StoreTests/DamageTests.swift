import Foundation
import GRDB
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct DamageTests {
  private func filled(_ folder: TemporaryDirectory) throws -> KnowledgeStore {
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    for part in 0..<3 {
      let writes = (0..<20).map { number in
        Sample.document(
          "\(part)-\(number)",
          texts: ["text \(part) \(number)"],
          summary: "s",
          seed: UInt64(part * 100 + number)
        )
      }
      try store.apply(Sample.batch(source, writes))
    }
    return store
  }

  private func found(_ store: KnowledgeStore) throws -> [ScoredPassage] {
    var generator = SplitMix64(seed: 4)
    return try store.vectorSearch(
      generator.unitVector(Sample.dimension),
      kind: .passage,
      filter: SearchFilter(),
      limit: 60
    )
  }

  enum Damage: CaseIterable, Sendable {
    case deleted, truncated, flipped, emptied, swapped
  }

  @Test(arguments: Damage.allCases)
  func segmentsAreBuiltAgain(_ damage: Damage) throws {
    let folder = try TemporaryDirectory()
    let store = try filled(folder)
    let expected = try found(store)
    #expect(expected.count == 60)
    try store.close()
    let index = folder.url.appendingPathComponent(".attune/index")
    let names = try FileManager.default.contentsOfDirectory(atPath: index.path).sorted()
    let files = names.filter { $0.hasPrefix("passages") }.map { index.appendingPathComponent($0) }
    let victim = files[1]
    var bytes = try Data(contentsOf: victim)
    switch damage {
    case .deleted: try FileManager.default.removeItem(at: victim)
    case .truncated: try bytes.prefix(bytes.count / 2).write(to: victim)
    case .flipped:
      bytes[bytes.count / 2] ^= 4
      try bytes.write(to: victim)
    case .emptied: try Data().write(to: victim)
    case .swapped: try Data(contentsOf: files[0]).write(to: victim)
    }
    let readOnly = try KnowledgeStore(directory: folder.attune, access: .readOnly)
    #expect(try readOnly.check(deep: false).isEmpty == false)
    let error = #expect(throws: StoreError.self) { try found(readOnly) }
    #expect(error?.code == .damaged && error?.remedy.isEmpty == false)
    try readOnly.close()
    let again = try folder.store()
    #expect(try found(again) == expected)
    #expect(try again.check(deep: true) == [])
  }

  @Test func aLostIndexFolderIsBuiltAgain() throws {
    let folder = try TemporaryDirectory()
    let store = try filled(folder)
    let expected = try found(store)
    try store.close()
    try FileManager.default.removeItem(atPath: folder.attune + "/index")
    let again = try folder.store()
    #expect(try found(again) == expected)
    try again.rebuildIndex()
    #expect(try found(again) == expected)
    #expect(
      try again.lexicalSearch(terms: ["text"], filter: SearchFilter(), limit: 99).count == 60
    )
    #expect(try again.check(deep: true) == [])
  }

  @Test func filesThatAreNoStoreAreRefused() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      String(repeating: "not a database ", count: 500),
      to: ".attune/knowledge.sqlite"
    )
    let error = #expect(throws: StoreError.self) { try folder.store() }
    #expect(error?.code == .notAStore)

    let other = try TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: other.attune, withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: other.attune + "/knowledge.sqlite")
    try queue.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
    try queue.close()
    let second = #expect(throws: StoreError.self) { try other.store() }
    #expect(second?.code == .notAStore)
  }

  /// Random damage to the database is an error or goes unnoticed where nothing reads it; it is never
  /// a trap.
  @Test func aDamagedDatabaseNeverTraps() throws {
    let folder = try TemporaryDirectory()
    let store = try filled(folder)
    try store.finishSync(Sample.run(1))
    try store.close()
    let file = folder.url.appendingPathComponent(".attune/knowledge.sqlite")
    let whole = try Data(contentsOf: file)
    var generator = SplitMix64(seed: 99)
    for round in 0..<60 {
      var bytes = whole
      if round % 6 == 0 { bytes = bytes.prefix(Int.random(in: 0..<whole.count, using: &generator)) }
      for _ in 0..<(bytes.isEmpty ? 0 : 1 << (round % 10)) {
        bytes[Int.random(in: bytes.indices, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      for ending in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: file.path + ending)
      }
      try bytes.write(to: file)
      do {
        let damaged = try folder.store()
        _ = try damaged.documents(matching: SearchFilter())
        _ = try damaged.passages((0..<60).map { Int64($0) })
        _ = try found(damaged)
        _ = try damaged.lexicalSearch(terms: ["text"], filter: SearchFilter(), limit: 10)
        _ = try damaged.check(deep: true)
        try damaged.close()
      } catch {
        #expect(error is StoreError || error is KnowledgeError)
      }
    }
  }
}
