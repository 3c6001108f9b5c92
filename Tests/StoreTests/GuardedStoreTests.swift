import Documents
import Knowledge
import Store
import TestSupport
import Testing

/// What a member of some groups gets to see.
@Suite struct GuardedStoreTests {
  private static let groups = ["hr", "legal", "sales", "staff"]

  private struct Filled {
    /// Kept, as the store lies in it.
    let folder: TemporaryDirectory
    let store: KnowledgeStore
    let source: Int64
    var owners: [String: Set<String>]
    var documents: [DocumentRecord]
  }

  private func fill(_ generator: inout SplitMix64) throws -> Filled {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    var owners: [String: Set<String>] = [:]
    let writes = (0..<60).map { number -> SyncBatch.Write in
      let path = "\(number % 3)/\(number).md"
      let groups = Self.groups.filter { _ in generator.unit() < 0.3 }
      owners[path] = Set(groups)
      let table =
        number % 5 == 0
        ? TableDescription(name: "t\(number)", columns: ["a"], rowCount: 1) : nil
      var write = Sample.document(
        path,
        texts: (0..<3).map { "otter number \(number) part \($0)" },
        summary: "summary of otter \(number)",
        table: table,
        seed: generator.next()
      )
      write.groups = groups
      return write
    }
    try store.apply(Sample.batch(source, writes))
    return Filled(
      folder: folder,
      store: store,
      source: source,
      owners: owners,
      documents: try store.documents(matching: SearchFilter())
    )
  }

  private func mayBeSeen(_ path: String, by groups: Set<String>, _ filled: Filled) -> Bool {
    let owners = filled.owners[path] ?? []
    return owners.isEmpty || !owners.isDisjoint(with: groups)
  }

  /// The paths that one random way of reading shows.
  private func look(
    _ store: GuardedStore,
    _ filled: Filled,
    _ generator: inout SplitMix64
  ) throws -> [String] {
    var filter = SearchFilter()
    // A caller that asks for more than the guard allows.
    if generator.unit() < 0.3 { filter.groups = Set(Self.groups) }
    if generator.unit() < 0.3 { filter.paths = ["\(generator.next() % 3)/*"] }
    let document = filled.documents[Int(generator.next() % UInt64(filled.documents.count))]
    let ids = (0..<5).map { _ in Int64(generator.next() % 300) }
    func paths(_ hits: [ScoredPassage]) throws -> [String] {
      // Asked of the whole store: the guard would hide what the search let through.
      try filled.store.passages(hits.map(\.id)).map(\.document.path)
    }
    switch generator.next() % 8 {
    case 0: return try store.documents(matching: filter).map(\.path)
    case 1: return try store.tables(matching: filter).map(\.path)
    case 2: return try store.passages(ids).map(\.document.path)
    case 3: return try store.passages(ofDocument: document.id, ordinals: 0..<9).map(\.document.path)
    case 4:
      return try filled.store.passages(Array(store.vectors(ids).keys)).map(\.document.path)
    case 5: return try store.summary(ofDocument: document.id).map { [$0.document.path] } ?? []
    case 6: return try paths(store.lexicalSearch(terms: ["otter"], filter: filter, limit: 50))
    default:
      let kind: StoredPassage.Kind = generator.unit() < 0.5 ? .passage : .summary
      return try paths(
        store.vectorSearch(
          generator.unitVector(Sample.dimension),
          kind: kind,
          filter: filter,
          limit: 50
        )
      )
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func noWayOfReadingShowsWhatAnotherGroupOwns(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let filled = try fill(&generator)
    var shown = 0
    for _ in 0..<2500 {
      let groups = Set(Self.groups.filter { _ in generator.unit() < 0.4 })
      let paths = try look(GuardedStore(filled.store, groups: groups), filled, &generator)
      shown += paths.count
      let wrong = paths.filter { !mayBeSeen($0, by: groups, filled) }
      #expect(wrong.isEmpty, "groups \(groups.sorted())")
      if !wrong.isEmpty { return }
    }
    #expect(shown > 10_000, "the test must see something to mean something")
  }

  @Test func everythingThatMayBeSeenIsFound() throws {
    var generator = SplitMix64(seed: 9)
    let filled = try fill(&generator)
    for groups in [[], ["hr"], ["legal", "sales"]] as [Set<String>] {
      let expected = filled.owners.keys.filter { mayBeSeen($0, by: groups, filled) }.sorted()
      let store = GuardedStore(filled.store, groups: groups)
      #expect(try store.documents(matching: SearchFilter()).map(\.path).sorted() == expected)
      let hits = try store.lexicalSearch(terms: ["otter"], filter: SearchFilter(), limit: 999)
      let found = Set(try filled.store.passages(hits.map(\.id)).map(\.document.path))
      #expect(found.sorted() == expected)
    }
  }

  @Test func newRulesHoldAtOnce() throws {
    var generator = SplitMix64(seed: 3)
    let filled = try fill(&generator)
    try filled.store.restrict(source: filled.source) { $0.hasPrefix("1/") ? ["board"] : [] }
    let staff = GuardedStore(filled.store, groups: ["staff"])
    let paths = try staff.documents(matching: SearchFilter()).map(\.path)
    #expect(paths.count == 40 && !paths.contains { $0.hasPrefix("1/") })
    let board = GuardedStore(filled.store, groups: ["board"])
    #expect(try board.documents(matching: SearchFilter()).count == 60)
  }

  @Test func aGroupsNameIsTakenAsItIs() throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let source = try store.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    var write = Sample.document("a.md", texts: ["otter"])
    write.groups = ["people \"and\" 'law'], [", "été"]
    try store.apply(Sample.batch(source, [write]))
    for (groups, count) in [(["été"], 1), (["people"], 0), (["people \"and\" 'law'], ["], 1)] {
      let guarded = GuardedStore(store, groups: Set(groups))
      #expect(try guarded.documents(matching: SearchFilter()).count == count)
    }
  }

  @Test func aReaderCannotChangeTheWorkspace() throws {
    let folder = try TemporaryDirectory()
    let store = GuardedStore(try folder.store(), groups: ["hr"])
    let error = #expect(throws: StoreError.self) {
      try store.addSource(name: "x", kind: .folder, location: "/x")
    }
    #expect(error?.code == .readOnly)
    #expect(throws: StoreError.self) { try store.failures() }
  }
}
