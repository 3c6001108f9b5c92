package import Foundation

/// Finds the public test data that is kept beside the repository, not in it.
///
/// A test that needs it is skipped, visibly, where it is absent:
/// `@Test(.enabled(if: SharedData.holds("qa/xquad"), "needs the shared data"))`.
package enum SharedData {
  /// The folder that holds the data, if there is one: `$ATTUNE_SHARED/data`, or `shared/data` beside
  /// the folder of the package.
  package static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["ATTUNE_SHARED"]
    let root =
      environment.map { URL(fileURLWithPath: $0, isDirectory: true) }
      ?? packageRoot.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
    let data = root.appendingPathComponent("data", isDirectory: true)
    return isDirectory(data) ? data : nil
  }()

  /// The root of the package, found from this file.
  package static let packageRoot: URL = URL(fileURLWithPath: #filePath)
    .resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether a file or folder of the data is there.
  package static func holds(_ path: String) -> Bool {
    guard let folder else { return false }
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  /// A file or folder of the data.
  ///
  /// - Throws: ``Absent`` where it is not there.
  package static func url(_ path: String) throws -> URL {
    guard let folder, holds(path) else { throw Absent(path: path) }
    return folder.appendingPathComponent(path)
  }

  /// Data that a test needs and that is not there.
  package struct Absent: Error {
    package var path: String
  }

  private static func isDirectory(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
