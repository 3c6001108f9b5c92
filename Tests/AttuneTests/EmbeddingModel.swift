import Foundation

/// Where the tests find all-MiniLM-L6-v2: `ATTUNE_TEST_MODEL`, else the per-user cache.
enum EmbeddingModel {
  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["ATTUNE_TEST_MODEL"], !path.isEmpty {
      return URL(filePath: path)
    }
    return FileManager.default.homeDirectoryForCurrentUser
      .appending(path: ".cache/attune/models/all-MiniLM-L6-v2")
  }

  static var isPresent: Bool {
    FileManager.default.fileExists(
      atPath: folder.appending(path: "model.safetensors").path(percentEncoded: false)
    )
  }
}
