import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

/// Names that read alike and are encoded differently: file systems on Linux keep them apart, Swift's
/// equality does not.
@Suite struct LookalikeNameTests {
  private static let composed = "caf\u{E9}.txt"
  private static let decomposed = "cafe\u{301}.txt"

  /// A source whose paths are compared by nobody.
  private struct ListedSource: DocumentSource {
    var files: [(path: String, text: String)]

    func list() throws -> SourceListing {
      SourceListing(
        items: files.map {
          SourceItem(path: $0.path, fingerprint: "\($0.path.utf8.count) \($0.text)")
        }
      )
    }

    func read(_ item: SourceItem) throws -> SourceContent {
      let file = files.first { $0.path.utf8.elementsEqual(item.path.utf8) }
      let bytes = Array((file?.text ?? "").utf8)
      return SourceContent(hash: textHash(file?.text ?? "")) {
        try DocumentReader.extract(bytes, path: item.path)
      }
    }
  }

  private func sync(_ knowledge: TestKnowledge, _ files: [(String, String)]) throws -> SyncReport {
    try Synchronizer(store: knowledge.store, embedder: knowledge.embedder, now: { 1 })
      .sync(knowledge.record, from: ListedSource(files: files.map { (path: $0.0, text: $0.1) }))
  }

  private func paths(_ knowledge: TestKnowledge) throws -> [[UInt8]] {
    try knowledge.passages().map { Array($0.document.path.utf8) }
  }

  @Test func renamingToAnotherEncodingLeavesOneDocument() throws {
    let knowledge = try TestKnowledge()
    #expect(try sync(knowledge, [(Self.composed, "The ferret sleeps.")]).added == 1)
    let report = try sync(knowledge, [(Self.decomposed, "The ferret sleeps.")])
    #expect(report.added == 1 && report.removed == 1)
    #expect(try paths(knowledge) == [Array(Self.decomposed.utf8)])
  }

  @Test func theSecondOfTwoIsReportedAndLeftOut() throws {
    let knowledge = try TestKnowledge()
    let both = [(Self.composed, "The ferret sleeps."), (Self.decomposed, "The badger digs.")]
    for added in [1, 0] {
      let report = try sync(knowledge, both)
      #expect(report.added == added && report.changed == 0 && report.removed == 0)
      #expect(report.failures.count == 1)
      #expect(report.failures.first?.error.remedy == "Rename one of the two.")
      #expect(try paths(knowledge) == [Array(Self.composed.utf8)])
    }
    let report = try sync(knowledge, [both[1]])
    #expect(report.added == 1 && report.removed == 1 && report.failures.isEmpty)
    #expect(try paths(knowledge) == [Array(Self.decomposed.utf8)])
  }
}
