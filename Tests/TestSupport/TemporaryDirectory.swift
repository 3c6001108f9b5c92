package import Foundation

/// A directory of its own for one test; it goes when the value goes.
///
/// Keep it in a variable for as long as its files are needed: `let folder = try TemporaryDirectory()`.
package final class TemporaryDirectory: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A test may have taken permissions away; a directory left behind does no harm.
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes text to a path below the directory, making folders as needed, and returns the file.
  @discardableResult
  package func write(_ text: String, to path: String) throws -> URL {
    try write(Data(text.utf8), to: path)
  }

  /// Writes bytes to a path below the directory, making folders as needed, and returns the file.
  @discardableResult
  package func write(_ bytes: Data, to path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try bytes.write(to: file)
    return file
  }
}
