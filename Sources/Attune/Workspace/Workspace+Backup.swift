public import Foundation
import Store

extension Workspace {
  /// Writes everything that the store holds to one file.
  ///
  /// - Parameter url: The file, which must not exist yet.
  public func backup(to url: URL) throws {
    try store().backup(to: url.path)
  }

  /// Puts a backup in the place of the store. Nothing is replaced before the backup is checked.
  ///
  /// - Parameters:
  ///   - url: A file that ``backup(to:)`` wrote.
  ///   - replacing: Whether documents that the workspace holds may be lost.
  public func restore(from url: URL, replacing: Bool) throws -> [SourceOverview] {
    let lock = try lock()
    defer { lock.release() }
    let database = layout.data.appending(path: KnowledgeStore.fileName)
    if !replacing, FileManager.default.fileExists(atPath: database.path) {
      let held = try store()
      let documents = try held.counts().values.reduce(0) { $0 + $1.documents }
      try held.close()
      guard documents == 0 else {
        throw AttuneError(
          .workspaceExists, "The workspace holds \(documents) documents.",
          subject: layout.root.path,
          remedy: "Add --replace to put the backup in their place, or restore into another folder.")
      }
    }
    try replaceStore(from: url)
    try adoptSources()
    return try sourceOverviews()
  }

  /// Builds the new store beside the old one and then moves its parts over. Should the process end
  /// between two moves, the database is whole, old or new, and the index is rebuilt from it.
  private func replaceStore(from url: URL) throws {
    let files = FileManager.default
    let fresh = layout.data.appending(path: "restoring", directoryHint: .isDirectory)
    try? files.removeItem(at: fresh)
    defer { try? files.removeItem(at: fresh) }
    try KnowledgeStore.restore(from: url.path, to: fresh.path).close()
    // Closing the old store folds its log into the database, so that no log of the old one is left
    // beside the new one.
    let database = layout.data.appending(path: KnowledgeStore.fileName)
    if files.fileExists(atPath: database.path) { try store().close() }
    do {
      let index = layout.data.appending(path: KnowledgeStore.indexName)
      try? files.removeItem(at: index)
      for suffix in ["-wal", "-shm"] {
        try? files.removeItem(atPath: database.path + suffix)
      }
      let freshDatabase = fresh.appending(path: KnowledgeStore.fileName)
      guard rename(freshDatabase.path, database.path) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
      try files.moveItem(at: fresh.appending(path: KnowledgeStore.indexName), to: index)
    } catch {
      throw AttuneError(
        .fileFault, "The backup could not be put in place.", subject: layout.data.path,
        cause: error.localizedDescription,
        remedy: "Check that the folder may be written, and run the command again.")
    }
  }

  /// Configures the sources that a backup brought along and `attune.yaml` does not name, so that the
  /// next sync does not take them for removed ones.
  private func adoptSources() throws {
    let file = ConfigurationFile(url: layout.configuration)
    let configured = Set(try file.read().sources.map(\.name))
    for record in try store().sources() where !configured.contains(record.name) {
      try file.add(WorkspaceConfiguration.Source(name: record.name, path: record.location))
    }
  }
}
