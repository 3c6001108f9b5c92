import Answering
import Attune
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import TestSupport

/// A workspace in a temporary folder, with an embedder that needs no model.
final class TestWorkspace: Sendable {
  /// Holds the workspace's folder `work`, and the data beside it.
  let folder: TemporaryDirectory
  let embedder = WordEmbedder()

  init() throws {
    folder = try TemporaryDirectory()
    _ = try Workspace.create(at: root)
  }

  var root: URL { folder.url.appendingPathComponent("work", isDirectory: true) }
  var configuration: URL { root.appendingPathComponent("attune.yaml") }

  /// The workspace as its file describes it now.
  func workspace() throws -> Workspace { try Workspace.find(from: root) }

  /// Writes a file below the folder and returns its place.
  @discardableResult
  func write(_ text: String, to path: String) throws -> URL { try folder.write(text, to: path) }

  func add(_ path: String, name: String? = nil) throws -> WorkspaceConfiguration.Source {
    try workspace().addSource(at: folder.url.appendingPathComponent(path), name: name)
  }

  @discardableResult
  func sync(only names: [String]? = nil) throws -> Workspace.SyncOutcome {
    try workspace().sync(only: names, embedder: { embedder })
  }

  func store() throws -> KnowledgeStore {
    try KnowledgeStore(
      directory: root.appendingPathComponent(".attune").path,
      embedder: embedder.identity,
      dimension: embedder.dimension
    )
  }

  func session() throws -> WorkspaceSession {
    WorkspaceSession(
      store: try store(),
      embedder: embedder,
      configuration: try workspace().configuration
    )
  }

  /// Source and path of every document.
  func documents() throws -> [String] {
    try store().documents(matching: SearchFilter()).map { "\($0.source)/\($0.path)" }
  }
}
