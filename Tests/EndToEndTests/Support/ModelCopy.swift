import Foundation
import TestSupport
import Testing

/// The embedding model in a place of a test's own.
enum ModelCopy {
  /// Puts a copy that the model cache in a folder takes for installed, and returns its folder.
  @discardableResult
  static func install(in cache: URL) throws -> URL {
    let model = try #require(AttuneProgram.modelFolder)
    let folder = cache.appendingPathComponent(
      "models/\(AttuneProgram.modelName)",
      isDirectory: true
    )
    try FileManager.default.createDirectory(
      at: folder.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try FileManager.default.copyItem(at: model, to: folder)
    return folder
  }
}
