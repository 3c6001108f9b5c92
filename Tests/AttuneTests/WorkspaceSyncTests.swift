import Answering
import Attune
import Documents
import Foundation
import Knowledge
import Store
import Synchronization
import TestSupport
import Testing

/// What a sync of a whole workspace does with the sources in its file.
@Suite struct WorkspaceSyncTests {
  private let test: TestWorkspace

  init() throws {
    test = try TestWorkspace()
    try test.write("The ferret sleeps plantqxone.", to: "docs/a.txt")
    try test.write("The badger digs.", to: "docs/b.txt")
    try test.write("The otter swims.", to: "more/c.txt")
    _ = try test.add("docs")
    _ = try test.add("more")
  }

  private func edit(_ old: String, _ new: String) throws {
    let text = try String(contentsOf: test.configuration, encoding: .utf8)
    #expect(text.contains(old))
    try test.write(text.replacing(old, with: new), to: "work/attune.yaml")
  }

  @Test func everythingThatIsConfigured() throws {
    let outcome = try test.sync()
    #expect(outcome.reports.map(\.source) == ["docs", "more"] && outcome.unreachable.isEmpty)
    #expect(outcome.reports.map(\.added) == [2, 1])
    #expect(try test.documents() == ["docs/a.txt", "docs/b.txt", "more/c.txt"])
    #expect(try test.sync().reports.map(\.unchanged) == [2, 1])
  }

  @Test func onlyWhatIsNamed() throws {
    #expect(try test.sync(only: ["more"]).reports.map(\.source) == ["more"])
    #expect(try test.documents() == ["more/c.txt"])
    let error = #expect(throws: AttuneError.self) { try test.sync(only: ["more", "none"]) }
    #expect(error?.code == .sourceUnknown && error?.subject == "none")
  }

  @Test func aSourceTakenOutOfTheFileIsRemoved() throws {
    try test.sync()
    try ConfigurationFile(url: test.configuration).remove(named: "docs")
    try test.sync(only: ["more"])
    #expect(try test.documents().count == 3)
    try test.sync()
    #expect(try test.documents() == ["more/c.txt"])
    #expect(try ByteSearch.hits(["plantqxone"], under: test.root).isEmpty)
  }

  @Test func aPathThatLeadsNowhereCostsNothing() throws {
    try test.sync()
    let docs = try test.workspace().configuration.sources[0].path
    try edit(docs, docs + "-misspelt")
    let outcome = try test.sync()
    #expect(outcome.unreachable.map(\.subject) == ["docs"])
    #expect(outcome.reports.map(\.source) == ["more"])
    #expect(try test.documents() == ["docs/a.txt", "docs/b.txt", "more/c.txt"])
    try edit(docs + "-misspelt", docs)
    #expect(try test.sync().reports.map(\.unchanged) == [2, 1])
  }

  @Test func sourcesMayTradePlaces() throws {
    try test.sync()
    let docs = try test.workspace().configuration.sources[0].path
    let more = try test.workspace().configuration.sources[1].path
    try edit(docs, "KEPT")
    try edit(more, docs)
    try edit("KEPT", more)
    try test.sync()
    #expect(try test.documents() == ["docs/c.txt", "more/a.txt", "more/b.txt"])
  }

  @Test func aSourceMayGetAnotherName() throws {
    try test.sync()
    try edit("name: docs", "name: handbook")
    try test.sync()
    #expect(try test.documents() == ["handbook/a.txt", "handbook/b.txt", "more/c.txt"])
  }

  @Test func anUnreachableSourceKeepsItsDocumentsAndStopsNoOther() throws {
    try test.sync()
    try FileManager.default.removeItem(at: test.folder.url.appendingPathComponent("docs"))
    try test.write("The lynx hunts.", to: "more/d.txt")
    let outcome = try test.sync()
    #expect(outcome.unreachable.map(\.code) == [.sourceUnreachable])
    #expect(outcome.reports.map(\.source) == ["more"] && outcome.reports.map(\.added) == [1])
    #expect(try test.documents().count == 4)
  }

  @Test func oneSyncAtATime() throws {
    let lock = try WorkspaceLock.acquire(
      directory: test.root.appendingPathComponent(".attune").path
    )
    let error = #expect(throws: StoreError.self) { try test.sync() }
    #expect(error?.code == .locked)
    lock.release()
    #expect(try test.sync().reports.count == 2)
  }

  @Test func aFaultBeforeTheSyncLeavesTheWorkspaceFree() throws {
    struct NoModel: Error {}
    let workspace = try test.workspace()
    #expect(throws: NoModel.self) { try workspace.sync(embedder: { throw NoModel() }) }
    #expect(try test.sync().reports.count == 2)
  }

  @Test func filesLargerThanTheLimitAreReported() throws {
    try test.write(String(repeating: "many words ", count: 150_000), to: "docs/large.txt")
    try edit("models:", "limits:\n  max_file_mb: 1\nmodels:")
    let report = try #require(try test.sync().reports.first)
    #expect(report.added == 2)
    #expect(
      (report.failures + report.skipped).map(\.error.code) == [.tooLarge],
      "\(report.failures)"
    )
  }

  @Test func removingASource() throws {
    try test.sync()
    let removal = try test.workspace().removeSource(named: "docs")
    #expect(removal.documents == 2 && removal.passages == 2)
    #expect(try test.documents() == ["more/c.txt"])
    #expect(try test.workspace().configuration.sources.map(\.name) == ["more"])
    #expect(try ByteSearch.hits(["plantqxone"], under: test.root).isEmpty)
    let error = #expect(throws: AttuneError.self) {
      try test.workspace().removeSource(named: "docs")
    }
    #expect(error?.code == .sourceUnknown)
    // The place can come back.
    #expect(try test.add("docs").name == "docs")
    #expect(try test.sync().reports.map(\.added) == [0, 2])
  }

  @Test func overviews() throws {
    let before = try test.workspace().sourceOverviews()
    #expect(before.map(\.name) == ["docs", "more"] && before.allSatisfy { $0.lastSync == nil })
    try test.write("{ broken", to: "docs/bad.json")
    try test.sync()
    let overview = try #require(try test.workspace().sourceOverviews().first)
    #expect(overview.documents == 2 && overview.passages == 2 && overview.lastSync != nil)
    #expect(overview.failures.map(\.error.subject) == ["bad.json"])
    #expect(overview.changesPerDay == nil)
    let later = Date().addingTimeInterval(10 * 86_400)
    let changes = try #require(
      try test.workspace().sourceOverviews(now: later).first?.changesPerDay
    )
    #expect(changes == Double(overview.changes) / 10 || abs(changes) < 1)
  }

  @Test func answersAndTheirTraces() async throws {
    try test.sync()
    let answer = try await test.session().ask("ferret")
    let view = try test.workspace().trace(of: answer.id)
    #expect(view.question == "ferret" && view.answer == answer.text)
    #expect(view.citations == answer.citations)
    #expect(view.trace.outcome == answer.outcome && !view.trace.quotes.isEmpty)
    #expect(view.quoteTexts.values.contains("The ferret sleeps plantqxone."))
    #expect(view.passageURLs.values.contains { $0.hasPrefix("attune://docs/a.txt#chars=0-") })
    #expect(try test.workspace().recentAnswers(limit: 5).map(\.id) == [answer.id])
    // A beginning is enough.
    #expect(try test.workspace().trace(of: String(answer.id.prefix(6))).id == answer.id)

    _ = try test.workspace().removeSource(named: "docs")
    let forgotten = try test.workspace().trace(of: answer.id)
    #expect(forgotten.answer == nil && forgotten.citations.isEmpty)
    #expect(!forgotten.quoteTexts.values.contains { $0.contains("plantqxone") })
    for id in ["", "nosuch"] {
      let error = #expect(throws: AttuneError.self) { try test.workspace().trace(of: id) }
      #expect(error?.code == .answerUnknown)
    }
  }

  @Test func backupsComeBackWithTheirSources() throws {
    try test.sync()
    let backup = test.folder.url.appendingPathComponent("backup.sqlite")
    try test.workspace().backup(to: backup)
    let other = try TestWorkspace()
    let overviews = try other.workspace().restore(from: backup, replacing: false)
    #expect(overviews.map(\.name) == ["docs", "more"] && overviews.map(\.documents) == [2, 1])
    #expect(try other.documents() == test.documents())
    // The next sync does not take them for removed ones.
    #expect(try other.sync().reports.map(\.unchanged) == [2, 1])
    let error = #expect(throws: AttuneError.self) {
      try other.workspace().restore(from: backup, replacing: false)
    }
    #expect(error?.code == .workspaceExists && error?.remedy.contains("--replace") == true)
    #expect(try other.workspace().restore(from: backup, replacing: true).count == 2)
  }

  @Test func backupsBringAlongWhoMaySeeASource() throws {
    let docs = try test.workspace().configuration.sources[0].path
    try edit(
      "path: \"\(docs)\"",
      "path: \"\(docs)\"\n    groups: [staff, \"two words\"]\n    every: 90"
    )
    try test.sync()
    let backup = test.folder.url.appendingPathComponent("backup.sqlite")
    try test.workspace().backup(to: backup)
    let other = try TestWorkspace()
    _ = try other.workspace().restore(from: backup, replacing: false)
    let source = try #require(try other.workspace().configuration.sources.first)
    #expect(source.groups == ["staff", "two words"] && source.every == 90)
    // Nor does the next sync open them to everybody.
    try other.sync()
    var guests = SearchFilter()
    guests.groups = ["guests"]
    #expect(try other.store().documents(matching: guests).map(\.source) == ["more"])
  }

  @Test func aWatchLooksAtASourceAsOftenAsItsFileSays() throws {
    let docs = try test.workspace().configuration.sources[0].path
    try edit("path: \"\(docs)\"", "path: \"\(docs)\"\n    every: 100")
    try test.sync()
    let start = ContinuousClock.now
    let clock = Mutex(start)
    var watch = SourceWatch(try test.workspace()) { clock.withLock { $0 } }
    #expect(try watch.changed() == ["docs", "more"])
    #expect(try watch.changed().isEmpty)
    try test.write("The badger sleeps now.", to: "docs/b.txt")
    try test.write("The otter sleeps now.", to: "more/c.txt")
    clock.withLock { $0 = start + .seconds(99) }
    #expect(try watch.changed() == ["more"])
    clock.withLock { $0 = start + .seconds(100) }
    #expect(try watch.changed() == ["docs"])
  }

  @Test func anotherEmbedderIsNotMixedIn() throws {
    try test.sync()
    struct Other: TextEmbedder {
      let identity = "other@1"
      let dimension = 64
      let maximumTokens = 100
      func countTokens(_ text: String) -> Int { text.count }
      func embed(_ inputs: [EmbeddingInput]) throws -> [EmbeddedText] { [] }
    }
    let workspace = try test.workspace()
    let error = #expect(throws: KnowledgeError.self) { try workspace.sync(embedder: { Other() }) }
    #expect(error?.code == .embedderChanged)
    #expect(try test.documents().count == 3)
  }
}
