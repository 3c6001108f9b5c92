import Foundation
import Knowledge
import Store

/// A copy of a workspace in which documents can be exchanged for later editions.
struct ChangedWorkspace {
  private let workspace: Workspace
  /// The session of the original, whose embedder and settings the copy has.
  private let original: WorkspaceSession
  /// The copied sources, each with the name of its folder in the original and its copy.
  private let copies: [(names: [String], folder: URL)]

  /// Copies the sources that hold changed documents, and takes everything in; the other sources are read
  /// where they are. A copy that was made before is thrown away.
  ///
  /// - Throws: ``AttuneError`` where no source holds a changed document, and what copying and the sync
  ///   throw.
  init(
    of original: Workspace,
    session: WorkspaceSession,
    for changes: DocumentChanges,
    at folder: URL
  ) throws {
    try? FileManager.default.removeItem(at: folder)
    let files = FileManager.default
    var copies: [(names: [String], folder: URL)] = []
    let root = folder.appending(path: "workspace", directoryHint: .isDirectory)
    let copied = try Workspace.create(at: root)
    let configuration = ConfigurationFile(url: copied.layout.configuration)
    for source in original.configuration.sources {
      let place = URL(fileURLWithPath: original.location(of: source))
      let names = [source.name, place.lastPathComponent]
      let holds = changes.files.contains { Self.path($0.path, named: names, at: place) != nil }
      var copiedSource = source
      if original.kind(of: source).isLocal { copiedSource.path = place.path }
      if holds {
        let copy = folder.appending(path: "sources/\(source.name)", directoryHint: .isDirectory)
        try files.createDirectory(
          at: copy.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try files.copyItem(at: place, to: copy)
        copies.append((names, copy))
        copiedSource.path = copy.path
      }
      try configuration.add(copiedSource)
    }
    guard !copies.isEmpty else {
      throw AttuneError(
        .comparisonInvalid,
        "No source holds a document of the folder of changes.",
        subject: changes.files.first?.path ?? "",
        remedy: "Give the changed documents the paths that they have in the sources."
      )
    }
    workspace = try Workspace(layout: copied.layout)
    self.original = session
    self.copies = copies
    try sync()
  }

  /// The copy as it is, ready for questions.
  ///
  /// - Throws: the store's error.
  func session() throws -> WorkspaceSession {
    WorkspaceSession(
      store: try workspace.store(for: original.embedder),
      embedder: original.embedder,
      configuration: original.configuration
    )
  }

  private func sync() throws {
    let outcome = try workspace.sync(embedder: { original.embedder })
    if let fault = outcome.unreachable.first { throw fault }
  }

  /// Puts the later editions in place and takes them in.
  ///
  /// - Returns: the seconds that the sync took, and how many documents were exchanged.
  /// - Throws: what copying and the sync throw.
  func change(_ changes: DocumentChanges) throws -> (seconds: Double, documents: Int) {
    var count = 0
    for file in changes.files {
      for (names, folder) in copies {
        guard let path = Self.path(file.path, named: names, at: folder) else { continue }
        try Data(contentsOf: file.url).write(to: folder.appending(path: path), options: .atomic)
        count += 1
      }
    }
    let start = ContinuousClock.now
    try sync()
    return ((ContinuousClock.now - start) / .seconds(1), count)
  }

  /// A changed document's path in a source that holds it: as it stands, or behind the source's name or
  /// folder.
  private static func path(
    _ path: String,
    named names: [String],
    at place: URL
  ) -> String? {
    var candidates = [path]
    for name in names where path.hasPrefix(name + "/") {
      candidates.append(String(path.dropFirst(name.count + 1)))
    }
    return candidates.first {
      FileManager.default.fileExists(atPath: place.appending(path: $0).path)
    }
  }
}
