import Documents
public import Foundation
import Knowledge
import Store

/// A folder with `attune.yaml` and `.attune/`: one body of knowledge and how it is used.
///
/// A value that only names the place and holds the configuration; every operation opens what it
/// needs. Operations that change the knowledge hold the workspace's lock.
public struct Workspace: Sendable {
  public let layout: WorkspaceLayout
  public let configuration: WorkspaceConfiguration

  /// Opens the workspace in a folder.
  public init(layout: WorkspaceLayout) throws {
    self.layout = layout
    configuration = try ConfigurationFile(url: layout.configuration).read()
  }

  /// The nearest workspace at or above a place.
  ///
  /// - Throws: ``AttuneError`` with code `noWorkspace` that says how to make one.
  public static func find(from place: URL) throws -> Workspace {
    guard let layout = WorkspaceLayout.nearest(to: place) else {
      throw AttuneError(
        .noWorkspace,
        "There is no Attune workspace here.",
        subject: place.path,
        remedy: """
          Make one in this folder:
              attune init
              attune models pull
              attune add <folder or database>
            or name the folder of one with -C.
          """
      )
    }
    return try Workspace(layout: layout)
  }

  /// Makes a workspace in a folder, which is created where it is missing. An existing workspace is
  /// opened as it is.
  public static func create(at folder: URL) throws -> Workspace {
    let layout = WorkspaceLayout(root: folder)
    do {
      try FileManager.default.createDirectory(at: layout.root, withIntermediateDirectories: true)
      if !FileManager.default.fileExists(atPath: layout.configuration.path) {
        try Data(ConfigurationFile.initialText.utf8).write(
          to: layout.configuration,
          options: [.atomic]
        )
      }
      try FileManager.default.createPrivateDirectory(at: layout.data)
    } catch {
      throw AttuneError(
        .fileFault,
        "The workspace cannot be made.",
        subject: layout.root.path,
        cause: error.localizedDescription,
        remedy: "Check that the folder may be written and that no file is in its place."
      )
    }
    return try Workspace(layout: layout)
  }

  // MARK: For the extensions

  /// The workspace's knowledge. An embedder that is named must be the one that made the vectors.
  func store(
    for embedder: (any TextEmbedder)? = nil,
    access: KnowledgeStore.Access = .readWrite
  ) throws -> KnowledgeStore {
    try KnowledgeStore(
      directory: layout.data.path,
      embedder: embedder?.identity,
      dimension: embedder?.dimension,
      access: access
    )
  }

  func lock() throws -> WorkspaceLock {
    try FileManager.default.createPrivateDirectory(at: layout.data)
    return try WorkspaceLock.acquire(directory: layout.data.path)
  }

  /// The absolute path of a configured source. The address of a web page stands as it is; so does a
  /// database's URI, with the source's name where only a part of the database is meant.
  package func location(of source: WorkspaceConfiguration.Source) -> String {
    if WebSource.isURL(source.path) { return source.path }
    if PostgreSQLSource.isURI(source.path) {
      return source.tables == nil && source.query == nil
        ? source.path : source.path + "#" + source.name
    }
    return URL(fileURLWithPath: source.path, relativeTo: layout.root).standardizedFileURL.path
  }
}
