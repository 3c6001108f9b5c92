import Documents
import Foundation
import Knowledge
import Store
import Synchronization
import TestSupport
import Testing

/// A crash is simulated by copying all files at the moment it would happen: that is what a killed
/// process leaves behind. Then the copy must open, hold either the old state or the new one, and
/// end in the same state as an undisturbed sync.
@Suite struct CrashTests {
  struct Stop: Error {}

  /// What a user can see of a store.
  struct State: Equatable {
    var documents: [String]
    var texts: [String]
    var found: [String]

    init(_ store: KnowledgeStore) throws {
      let records = try store.documents(matching: SearchFilter())
      documents = records.map { "\($0.id) \($0.path) \($0.contentHash) \($0.changeCount)" }
      texts = try records.flatMap { record in
        try store.passages(ofDocument: record.id, ordinals: 0..<100).map(\.passage.text)
      }
      var generator = SplitMix64(seed: 12)
      let hits = try store.vectorSearch(
        generator.unitVector(Sample.dimension),
        kind: .passage,
        filter: SearchFilter(),
        limit: 100
      )
      found = try store.passages(hits.map(\.id)).map(\.passage.text)
    }
  }

  private func prepare(_ store: KnowledgeStore) throws -> Int64 {
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    for number in 0..<3 {
      try store.apply(
        Sample.batch(
          source,
          [
            Sample.document(
              "\(number).md",
              texts: ["oldword\(number) one", "two of \(number)"],
              summary: "short",
              seed: UInt64(number)
            )
          ]
        )
      )
    }
    try store.finishSync(Sample.run(source, added: 3))
    return source
  }

  private func sync(_ store: KnowledgeStore, _ source: Int64) throws {
    let states = try store.documentStates(ofSource: source)
    let changed = Sample.document("1.md", texts: ["newword"], summary: "new", seed: 21)
    let added = Sample.document("9.md", texts: ["addedword"], summary: "added", seed: 22)
    var batch = Sample.batch(source, [])
    // As a sync does: only what is not as it should be.
    for write in [changed, added] where states[write.path]?.contentHash != write.contentHash {
      batch.writes.append(write)
    }
    batch.removed = states["2.md"].map { [$0.id] } ?? []
    try store.apply(batch)
    try store.finishSync(Sample.run(source, removed: batch.removed.count))
  }

  @Test(arguments: FaultPoint.allCases)
  func killedAt(_ point: FaultPoint) throws {
    let folder = try TemporaryDirectory()
    let armed = Mutex(false)
    let copied = Mutex(false)
    let (attune, image) = (folder.attune, folder.path("image"))
    let store = try folder.store { reached in
      guard reached == point, armed.withLock({ $0 }), !copied.withLock({ $0 }) else { return }
      try FileManager.default.copyItem(atPath: attune, toPath: image)
      copied.withLock { $0 = true }
    }
    let source = try prepare(store)
    let before = try State(store)
    armed.withLock { $0 = true }
    try sync(store, source)
    let after = try State(store)
    #expect(copied.withLock { $0 })
    #expect(before != after)

    let revived = try folder.store(at: "image")
    let state = try State(revived)
    switch point {
    case .batchBegan, .documentsWritten, .segmentsWritten: #expect(state == before)
    default: #expect(state == after)
    }
    try sync(revived, source)
    #expect(try State(revived) == after)
    #expect(try revived.check(deep: true) == [])
    try revived.close()
    #expect(
      try ByteSearch.hits(["oldword1", "oldword2"], under: URL(fileURLWithPath: image)) == []
    )
  }

  /// An error in the middle of a batch undoes all of it, files included.
  @Test(arguments: [FaultPoint.batchBegan, .documentsWritten, .segmentsWritten])
  func failingAt(_ point: FaultPoint) throws {
    let folder = try TemporaryDirectory()
    let armed = Mutex(false)
    let store = try folder.store { reached in
      if reached == point, armed.withLock({ $0 }) { throw Stop() }
    }
    let source = try prepare(store)
    let before = try State(store)
    armed.withLock { $0 = true }
    #expect(throws: Stop.self) { try sync(store, source) }
    armed.withLock { $0 = false }
    #expect(try State(store) == before)
    #expect(try store.check(deep: true) == [])
    try sync(store, source)
    #expect(try store.documents(matching: SearchFilter()).map(\.path) == ["0.md", "1.md", "9.md"])
  }

  @Test(arguments: [FaultPoint.runRecorded, .segmentsMerged, .mergeCommitted, .textOptimized])
  func failingWhileFinishing(_ point: FaultPoint) throws {
    let folder = try TemporaryDirectory()
    let armed = Mutex(false)
    let store = try folder.store { reached in
      if reached == point, armed.withLock({ $0 }) { throw Stop() }
    }
    let source = try prepare(store)
    armed.withLock { $0 = true }
    #expect(throws: Stop.self) { try sync(store, source) }
    armed.withLock { $0 = false }
    let state = try State(store)
    // A later sync that has nothing to do finishes what was left.
    try sync(store, source)
    #expect(try State(store) == state)
    #expect(try store.check(deep: true) == [])
    #expect(try ByteSearch.hits(["oldword1", "oldword2"], under: folder.url) == [])
  }

  @Test func aFullDiskKeepsTheOldState() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try prepare(store)
    let before = try State(store)
    try store.limitPages(1)
    let large = (0..<50).map { number in
      Sample.document("l\(number)", texts: [String(repeating: "word \(number) ", count: 2000)])
    }
    let error = #expect(throws: StoreError.self) { try store.apply(Sample.batch(source, large)) }
    #expect(error?.code == .diskFull && error?.remedy.isEmpty == false)
    #expect(try State(store) == before)
    #expect(try store.check(deep: true) == [])
    try store.limitPages(1_000_000)
    try store.apply(Sample.batch(source, large))
    #expect(try store.counts()[source]?.documents == 53)
  }
}
