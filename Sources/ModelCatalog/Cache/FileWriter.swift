import Foundation

/// Writes a file piece by piece and sees to it that the pieces are on the disk at the end.
final class FileWriter {
  private let file: URL
  private let handle: FileHandle
  private(set) var size: Int

  /// Opens a file; the folders above it are made, and what it holds stays if `append` is true.
  init(_ file: URL, append: Bool) throws(ModelCatalogError) {
    self.file = file
    do {
      let files = FileManager.default
      try files.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      if !append || !files.fileExists(atPath: file.path) {
        try Data().write(to: file)
      }
      handle = try FileHandle(forWritingTo: file)
      size = Int(try handle.seekToEnd())
    } catch {
      throw .fileSystem("The file cannot be written.", file.path, error)
    }
  }

  deinit { try? handle.close() }

  func write(_ piece: Data) throws(ModelCatalogError) {
    do {
      try handle.write(contentsOf: piece)
      size += piece.count
    } catch {
      throw .fileSystem("The file cannot be written.", file.path, error)
    }
  }

  /// Forgets what was written.
  func restart() throws(ModelCatalogError) {
    do {
      try handle.truncate(atOffset: 0)
      size = 0
    } catch {
      throw .fileSystem("The file cannot be written.", file.path, error)
    }
  }

  func finish() throws(ModelCatalogError) {
    do {
      try handle.synchronize()
    } catch {
      throw .fileSystem("The file cannot be written.", file.path, error)
    }
  }
}
