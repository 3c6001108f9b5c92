import Foundation

/// A folder of its own for one test, deleted at its end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "attune-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// The names of all files below a folder that hold these bytes.
  static func files(in folder: String, containing text: String) throws -> [String] {
    let needle = Data(text.utf8)
    var found: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      if try Data(contentsOf: URL(fileURLWithPath: path)).range(of: needle) != nil {
        found.append(name)
      }
    }
    return found
  }
}
