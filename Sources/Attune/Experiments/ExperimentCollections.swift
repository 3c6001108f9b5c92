import Evaluation
import Foundation
import Knowledge
import Store

/// The data that experiments run on, taken in once and kept between runs.
struct ExperimentCollections {
  /// The parts of the example company that a user would add.
  private static let exampleParts = ["documents", "records", "data", "database"]

  let workFolder: URL
  let progress: @Sendable (String) -> Void

  /// The pool of an evaluation set in BEIR's layout.
  func pool(at folder: URL, named name: String) throws -> WorkspaceSession {
    let workspace = try Workspace.create(at: workFolder.appending(path: name))
    let embedder = try workspace.embedder()
    let store = try workspace.store(for: embedder)
    let record =
      try store.sources().first { $0.name == "pool" }
      ?? store.addSource(name: "pool", kind: .folder, location: folder.path)
    progress("taking in \(name)")
    let corpus = try BEIRDataset(reading: folder, split: "test").corpus
    _ = try Synchronizer(store: store, embedder: embedder).sync(record, from: CorpusSource(corpus))
    return WorkspaceSession(
      store: store,
      embedder: embedder,
      configuration: workspace.configuration
    )
  }

  /// The example company, or another folder laid out like it.
  func example(at folder: URL, named name: String) throws -> WorkspaceSession {
    let workspace = try Workspace.create(at: workFolder.appending(path: name))
    for part in Self.exampleParts {
      let place = folder.appending(path: part)
      guard FileManager.default.fileExists(atPath: place.path) else { continue }
      _ = try workspace.addSource(at: place, name: part)
    }
    progress("taking in \(name)")
    _ = try workspace.sync()
    return try workspace.session(generates: false)
  }
}
