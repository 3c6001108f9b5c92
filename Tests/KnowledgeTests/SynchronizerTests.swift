import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

/// What one sync reports and leaves in the store.
@Suite struct SynchronizerTests {
  private static let notes = [
    "a.md": "# Ferrets\n\nThe ferret sleeps for fourteen hours each day.\n",
    "b.md": "# Badgers\n\nThe badger digs a den with several chambers.\n",
    "deep/c.txt": "The otter swims in the river and eats fish.\n",
  ]

  private func counts(_ report: SyncReport) -> [Int] {
    [report.added, report.changed, report.removed, report.unchanged, report.failures.count]
  }

  @Test func countsWhatItDid() throws {
    let knowledge = try TestKnowledge(Self.notes)
    let first = try knowledge.sync()
    #expect(counts(first) == [3, 0, 0, 0, 0])
    #expect(first.source == "docs" && first.passages == 3 && first.embedded == 3)
    #expect(first.tokens > 20)

    knowledge.source.write("# Badgers\n\nThe badger sleeps too.\n", to: "b.md")
    knowledge.source.remove("deep/c.txt")
    knowledge.source.write("The lynx hunts at night.\n", to: "d.txt")
    let second = try knowledge.sync()
    #expect(counts(second) == [1, 1, 1, 1, 0])
    #expect(try knowledge.passages().map(\.document.path) == ["a.md", "b.md", "d.txt"])
    #expect(try knowledge.passages().map(\.passage.text).joined().contains("den") == false)
    let stored = try #require(try knowledge.store.counts()[knowledge.record.id])
    #expect(stored.documents == 3 && stored.lastSync == 2000)
  }

  @Test func whatHasItsFingerprintIsNotRead() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    #expect(knowledge.source.takeReads() == ["a.md", "b.md", "deep/c.txt"])
    _ = knowledge.embedder.takeTexts()
    let second = try knowledge.sync()
    #expect(counts(second) == [0, 0, 0, 3, 0])
    #expect(knowledge.source.takeReads() == [] && knowledge.embedder.takeTexts() == [])
  }

  @Test func aTouchedFileIsReadOnceAndThenKnown() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    _ = (knowledge.source.takeReads(), knowledge.embedder.takeTexts())
    let before = try knowledge.passages()
    knowledge.source.touch("b.md")
    #expect(counts(try knowledge.sync()) == [0, 0, 0, 3, 0])
    #expect(knowledge.source.takeReads() == ["b.md"] && knowledge.embedder.takeTexts() == [])
    #expect(try knowledge.passages() == before)
    try knowledge.sync()
    #expect(knowledge.source.takeReads() == [])
  }

  @Test func betterReadersReadAgain() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    _ = knowledge.source.takeReads()
    var synchronizer = Synchronizer(
      store: knowledge.store,
      embedder: knowledge.embedder,
      now: { 3000 }
    )
    synchronizer.readerVersion += 1
    _ = try synchronizer.sync(knowledge.record, from: knowledge.source)
    #expect(knowledge.source.takeReads().count == 3)
    _ = try synchronizer.sync(knowledge.record, from: knowledge.source)
    #expect(knowledge.source.takeReads().isEmpty)
  }

  @Test func anUnreachableSourceLosesNothing() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    let before = try knowledge.passages()
    knowledge.source.disconnect(true)
    let error = #expect(throws: KnowledgeError.self) { try knowledge.sync() }
    #expect(error?.code == .sourceUnreachable && error?.message.contains("docs") == true)
    #expect(try knowledge.passages() == before)
    knowledge.source.disconnect(false)
    #expect(counts(try knowledge.sync()) == [0, 0, 0, 3, 0])
  }

  @Test func aPlaceThatCannotBeListedKeepsItsDocuments() throws {
    let knowledge = try TestKnowledge([
      "deep/a.txt": "The otter swims.", "deep/sub/b.txt": "The lynx hunts.",
      "deeper.txt": "The ferret sleeps.", "shop.sqlite#orders": "one order",
    ])
    try knowledge.sync()
    knowledge.source.hide("deep")
    knowledge.source.remove("deeper.txt")
    let report = try knowledge.sync()
    #expect(counts(report) == [0, 0, 1, 1, 1])
    #expect(report.failures.map(\.error.subject) == ["deep"])
    let kept = ["deep/a.txt", "deep/sub/b.txt", "shop.sqlite#orders"]
    #expect(try knowledge.passages().map(\.document.path) == kept)
    #expect(try knowledge.store.failures().map(\.error.subject) == ["deep"])

    knowledge.source.hide("shop.sqlite")
    #expect(counts(try knowledge.sync()) == [0, 0, 0, 2, 1])
    #expect(try knowledge.passages().map(\.document.path) == kept)

    knowledge.source.hide(nil)
    knowledge.source.remove("deep/a.txt")
    #expect(counts(try knowledge.sync()) == [0, 0, 1, 2, 0])
    #expect(try knowledge.store.failures() == [])
  }

  @Test func aFileThatGoesWhileItIsReadIsRemoved() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    knowledge.source.vanish("a.md")
    knowledge.source.write("Here and gone.", to: "new.txt")
    knowledge.source.vanish("new.txt")
    let report = try knowledge.sync()
    // Going away is no fault of the file's.
    #expect(counts(report) == [0, 0, 1, 2, 0])
    #expect(try knowledge.passages().map(\.document.path) == ["b.md", "deep/c.txt"])
    #expect(try knowledge.store.failures() == [])
  }

  @Test func aFailingFileKeepsItsOldVersionAndIsTriedAgain() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    let before = try knowledge.passages()
    knowledge.source.write("# Ferrets\n\nAnother text.\n", to: "a.md")
    knowledge.source.fail("a.md", with: .noPermission)
    let report = try knowledge.sync()
    #expect(counts(report) == [0, 0, 0, 2, 1])
    #expect(
      report.failures.first?.error.subject == "a.md" && report.failures.first?.isSkip == false
    )
    #expect(try knowledge.passages() == before)
    #expect(try knowledge.store.failures() == report.failures)

    knowledge.source.fail("a.md", with: nil)
    #expect(counts(try knowledge.sync()) == [0, 1, 0, 2, 0])
    #expect(try knowledge.store.failures() == [])
  }

  @Test func oneBadFileDoesNotStopTheOthers() throws {
    var files = Self.notes
    files["aa.json"] = "{ not json"
    files["empty.txt"] = ""
    let knowledge = try TestKnowledge(files)
    knowledge.source.skip("picture.png")
    let report = try knowledge.sync()
    #expect(counts(report) == [3, 0, 0, 0, 1])
    #expect(report.failures.map(\.error.subject) == ["aa.json"])
    #expect(Set(report.skipped.map(\.error.subject)) == ["picture.png", "empty.txt"])
    #expect(!report.skipped.contains { !$0.isSkip })
    #expect(try Set(knowledge.store.failures()) == Set(report.failures + report.skipped))
  }

  @Test func anEmptiedFileIsNotRememberedAsItWas() throws {
    let knowledge = try TestKnowledge(Self.notes)
    try knowledge.sync()
    knowledge.source.write("", to: "a.md")
    let report = try knowledge.sync()
    #expect(counts(report) == [0, 0, 1, 2, 0])
    #expect(report.skipped.map(\.error.code) == [.empty])
    #expect(try knowledge.passages().map(\.document.path) == ["b.md", "deep/c.txt"])
    #expect(counts(try knowledge.sync()) == [0, 0, 0, 2, 0])
  }

  @Test func warningsNameTheirFile() throws {
    let knowledge = try TestKnowledge(["rows.csv": "id,name\n1,Ada\n2,Bob,extra\n"])
    let report = try knowledge.sync()
    #expect(report.added == 1)
    #expect(!report.warnings.isEmpty)
    #expect(report.warnings.allSatisfy { $0.hasPrefix("rows.csv: ") })
  }

  @Test func progressOnlyGrowsAndEndsComplete() throws {
    let files = Dictionary(
      uniqueKeysWithValues: (0..<600).map { ("\($0).txt", "Note number \($0) about ferrets.") }
    )
    let knowledge = try TestKnowledge(files)
    var steps: [SyncProgress] = []
    let report = try knowledge.sync { steps.append($0) }
    #expect(report.added == 600 && report.embedded == 600)
    #expect(
      zip(steps, steps.dropFirst()).allSatisfy { first, second in
        first.itemsDone <= second.itemsDone && first.passages <= second.passages
          && first.tokens <= second.tokens
      }
    )
    let last = try #require(steps.last)
    #expect(last.itemsDone == 600 && last.itemsTotal == 600 && last.passages == 600)
    #expect(last.tokens == report.tokens && last.current.isEmpty)
  }
}
