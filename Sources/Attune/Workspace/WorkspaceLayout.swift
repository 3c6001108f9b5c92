public import Foundation

/// Where the parts of a workspace lie.
public struct WorkspaceLayout: Hashable, Sendable {
  public static let configurationName = "attune.yaml"
  static let dataName = ".attune"

  /// The workspace's folder.
  public let root: URL

  public init(root: URL) {
    // As a folder even where it does not exist yet: relative paths are resolved against it.
    self.root = URL(fileURLWithPath: root.standardizedFileURL.path, isDirectory: true)
  }

  public var configuration: URL { root.appending(path: Self.configurationName) }
  /// Everything that Attune keeps.
  public var data: URL { root.appending(path: Self.dataName, directoryHint: .isDirectory) }
  /// Models that only this workspace uses; others lie in the per-user cache.
  public var models: URL { data.appending(path: "models", directoryHint: .isDirectory) }

  /// What fine-tuning has made, a folder for each adapter.
  public var adapters: URL { data.appending(path: "adapters", directoryHint: .isDirectory) }
  /// What a training that is under way, or was interrupted, needs to go on.
  public var runs: URL { data.appending(path: "runs", directoryHint: .isDirectory) }

  /// The folder of a training.
  func run(_ name: String) -> URL { runs.appending(path: name, directoryHint: .isDirectory) }

  /// The nearest folder at or above a place that holds `attune.yaml`.
  package static func nearest(to place: URL) -> WorkspaceLayout? {
    var folder = place.standardizedFileURL
    while true {
      let layout = WorkspaceLayout(root: folder)
      if FileManager.default.fileExists(atPath: layout.configuration.path) { return layout }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      guard parent != folder, folder.path != "/" else { return nil }
      folder = parent
    }
  }
}
