import Foundation
package import Knowledge
package import Store
package import TestSupport

/// A store of its own in a temporary folder, with one source in memory and the ``WordEmbedder``.
package final class TestKnowledge: Sendable {
  package let store: KnowledgeStore
  package let embedder: WordEmbedder
  package let source: ScriptedSource
  package let record: SourceRecord
  /// Everything that the store keeps lies below it.
  package let folder: TemporaryDirectory

  /// The files of the source by path; nothing is synced yet.
  package init(_ files: [String: String] = [:], embedder: WordEmbedder = WordEmbedder()) throws {
    folder = try TemporaryDirectory()
    self.embedder = embedder
    store = try KnowledgeStore(
      directory: folder.url.appendingPathComponent(".attune").path,
      embedder: embedder.identity,
      dimension: embedder.dimension
    )
    source = ScriptedSource(files)
    record = try store.addSource(name: "docs", kind: .folder, location: "/docs")
  }

  @discardableResult
  package func sync(progress: (SyncProgress) -> Void = { _ in }) throws -> SyncReport {
    try Synchronizer(store: store, embedder: embedder, now: { 2000 })
      .sync(record, from: source, progress: progress)
  }

  /// All live passages, by document and position.
  package func passages() throws -> [StoredPassage] {
    try store.documents(matching: SearchFilter()).flatMap {
      try store.passages(ofDocument: $0.id, ordinals: 0..<100_000)
    }
  }

  /// The identifier of the document at a path.
  package func document(_ path: String) throws -> Int64? {
    try store.documentStates(ofSource: record.id)[path]?.id
  }
}
