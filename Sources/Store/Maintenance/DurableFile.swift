import Foundation

/// Files that are either whole or absent.
enum DurableFile {
  /// Gives a finished file its name once its content is on the disk.
  static func publish(_ temporary: String, as path: String) throws {
    let file = open(temporary, O_RDWR | O_CLOEXEC)
    defer { if file >= 0 { close(file) } }
    guard file >= 0, fsync(file) == 0, rename(temporary, path) == 0 else {
      throw StoreError(
        .inputOutput,
        "The file could not be written to the disk.",
        subject: path,
        cause: String(cString: strerror(errno)),
        remedy: "Check free space and permissions."
      )
    }
    // The name, too, has to survive a power failure; some file systems cannot sync a folder.
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }
}
