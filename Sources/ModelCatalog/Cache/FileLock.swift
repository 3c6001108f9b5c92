import Foundation

/// Keeps two processes from working on the same model. The system lets go of it when the process
/// ends, however it ends.
final class FileLock {
  private let descriptor: Int32

  /// - Throws: `busy` if another process or task holds the lock.
  init(_ file: URL, model: String) throws(ModelCatalogError) {
    descriptor = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .fileSystem("The lock cannot be made.", file.path, Self.systemError())
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw ModelCatalogError(
        .busy,
        "Another process is fetching or importing the model.",
        subject: model,
        remedy: "Wait until it is done."
      )
    }
  }

  deinit { close(descriptor) }

  private static func systemError() -> any Error {
    NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
  }
}
