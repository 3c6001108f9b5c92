import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

/// Documents that lie inside others: attachments of a mail, files of an archive.
struct PartSyncTests {
  private func paths(_ knowledge: TestKnowledge) throws -> [String] {
    try knowledge.store.documents(matching: SearchFilter()).map(\.path)
  }

  private func mail() throws -> TestKnowledge {
    let knowledge = try TestKnowledge([
      "offer.txt": "The otter offers.", "note.txt": "The lynx notes.",
    ])
    knowledge.source.hold(
      ["terms.txt": "The ferret pays in May.", "plan.txt": "The badger digs."],
      in: "offer.txt"
    )
    try knowledge.sync()
    return knowledge
  }

  @Test func partsAreDocumentsOfTheirOwn() throws {
    let knowledge = try mail()
    #expect(
      try paths(knowledge)
        == ["note.txt", "offer.txt", "offer.txt#plan.txt", "offer.txt#terms.txt"]
    )
    let again = try knowledge.sync()
    #expect(again.unchanged == 4 && again.added + again.changed + again.removed == 0)
  }

  @Test func onlyTheChangedPartIsEmbeddedAgain() throws {
    let knowledge = try mail()
    _ = knowledge.embedder.takeTexts()
    knowledge.source.hold(
      ["terms.txt": "The ferret pays in June.", "plan.txt": "The badger digs."],
      in: "offer.txt"
    )
    let report = try knowledge.sync()
    #expect(report.changed == 2 && report.unchanged == 2 && report.removed == 0)
    #expect(!knowledge.embedder.takeTexts().contains { $0.contains("badger") })
  }

  @Test func aPartThatIsGoneIsRemovedAndSoAreAllWithTheirHolder() throws {
    let knowledge = try mail()
    knowledge.source.hold(["plan.txt": "The badger digs."], in: "offer.txt")
    #expect(try knowledge.sync().removed == 1)
    #expect(try paths(knowledge) == ["note.txt", "offer.txt", "offer.txt#plan.txt"])
    knowledge.source.remove("offer.txt")
    #expect(try knowledge.sync().removed == 2)
    #expect(try paths(knowledge) == ["note.txt"])
  }

  @Test func aHolderThatCannotBeReadKeepsItsParts() throws {
    let knowledge = try mail()
    knowledge.source.fail("offer.txt", with: .noPermission)
    let report = try knowledge.sync()
    #expect(report.failures.count == 1 && report.removed == 0)
    #expect(try paths(knowledge).count == 4)
  }

  @Test func aPartThatCannotBeReadIsReportedAndTriedAgain() throws {
    let knowledge = try mail()
    knowledge.source.fail(part: "terms.txt", of: "offer.txt", with: .corrupt)
    // The holder's own bytes are what they were; only the look of the file changed.
    knowledge.source.write("The otter offers again.", to: "offer.txt")
    knowledge.source.hold(["terms.txt": "Torn.", "plan.txt": "The badger digs."], in: "offer.txt")
    knowledge.source.fail(part: "terms.txt", of: "offer.txt", with: .corrupt)
    let report = try knowledge.sync()
    #expect(report.failures.map(\.error.subject) == ["offer.txt#terms.txt"])
    #expect(try paths(knowledge).contains("offer.txt#terms.txt"), "the last good state stays")
    _ = knowledge.source.takeReads()
    _ = try knowledge.sync()
    #expect(knowledge.source.takeReads() == ["offer.txt"], "what failed is tried again")
  }

  @Test func retryReadsWhatWasPassedOver() throws {
    let knowledge = try mail()
    knowledge.source.hold(["scan.txt": "…", "plan.txt": "The badger digs."], in: "offer.txt")
    knowledge.source.fail(part: "scan.txt", of: "offer.txt", with: .unsupportedFormat)
    #expect(try knowledge.sync().skipped.count == 1)
    _ = knowledge.source.takeReads()
    _ = try knowledge.sync()
    #expect(knowledge.source.takeReads().isEmpty, "it is as the user left it")
    let synchronizer = Synchronizer(
      store: knowledge.store,
      embedder: knowledge.embedder,
      now: { 3000 }
    )
    _ = try synchronizer.sync(knowledge.record, from: knowledge.source, again: ["offer.txt"])
    #expect(knowledge.source.takeReads() == ["offer.txt"])
  }

  @Test func aTableIsNotTakenForAPart() throws {
    let knowledge = try TestKnowledge(["shop#a": "The otter.", "shop#a#b": "The lynx."])
    try knowledge.sync()
    knowledge.source.write("The otter again.", to: "shop#a")
    #expect(try knowledge.sync().removed == 0)
    #expect(try paths(knowledge) == ["shop#a", "shop#a#b"])
  }

  @Test func anotherVersionOfTheReadersExtractsAgain() throws {
    let knowledge = try mail()
    var synchronizer = Synchronizer(
      store: knowledge.store,
      embedder: knowledge.embedder,
      now: { 3000 }
    )
    synchronizer.readerVersion += 1
    let report = try synchronizer.sync(knowledge.record, from: knowledge.source)
    #expect(report.changed == 4 && report.unchanged == 0)
  }
}
