public import Foundation
import Knowledge
import Store

extension Workspace {
  /// Writes everything that the store holds to one file.
  ///
  /// - Parameter url: The file, which must not exist yet.
  /// - Throws: `StoreError` where the file exists or cannot be written.
  public func backup(to url: URL) throws {
    try store().backup(to: url.path)
  }

  /// Puts a backup in the place of the store. Nothing is replaced before the backup is checked.
  ///
  /// - Parameters:
  ///   - url: A file that ``backup(to:)`` wrote.
  ///   - replacing: Whether documents that the workspace holds may be lost.
  /// - Returns: The sources that the workspace holds now.
  /// - Throws: ``AttuneError`` where documents would be lost, `StoreError` where the backup is none.
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
          .workspaceExists,
          "The workspace holds \(documents) documents.",
          subject: layout.root.path,
          remedy: "Add --replace to put the backup in their place, or restore into another folder."
        )
      }
    }
    try KnowledgeStore.restore(from: url.path, into: layout.data.path)
    try adoptSources()
    return try sourceOverviews()
  }

  /// Configures the sources that a backup brought along and `attune.yaml` does not name, so that the
  /// next sync does not take them for removed ones, nor shows them to others than before.
  private func adoptSources() throws {
    let file = ConfigurationFile(url: layout.configuration)
    let configured = Set(try file.read().sources.map(\.name))
    let store = try store()
    let kept = try store.sourceSettings().map { settings in
      try JSONDecoder().decode([WorkspaceConfiguration.Source].self, from: Data(settings.utf8))
    }
    for record in try store.sources() where !configured.contains(record.name) {
      var source =
        kept?.first { $0.name == record.name }
        ?? WorkspaceConfiguration.Source(name: record.name, path: record.location)
      // A path within the workspace may be kept relative to a folder that was another.
      if record.kind.isLocal { source.path = record.location }
      try file.add(source)
    }
  }

  /// Keeps in the store how the sources are configured.
  func keepSettings(of sources: [WorkspaceConfiguration.Source], in store: KnowledgeStore) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try store.keepSourceSettings(String(decoding: encoder.encode(sources), as: UTF8.self))
  }
}
