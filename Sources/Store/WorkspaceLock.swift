import Foundation
import Synchronization

/// The right to change a workspace, held by one process at a time.
///
/// An advisory lock (`flock`) on the file `lock`: the system lets go of it when the process ends,
/// however it ends. Searching and asking need no lock.
public final class WorkspaceLock: Sendable {
  /// The file inside `.attune` that is locked.
  public static let fileName = "lock"

  private let file: Mutex<Int32?>

  private init(file: Int32) {
    self.file = Mutex(file)
  }

  deinit { release() }

  /// Takes the lock, or says who has it.
  ///
  /// - Parameter directory: The workspace's `.attune` folder, which must exist.
  /// - Returns: The lock; it is let go of when the value goes.
  /// - Throws: ``StoreError`` `locked` when another process, or another part of this one, has it.
  public static func acquire(directory: String) throws -> WorkspaceLock {
    let path = directory + "/" + fileName
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw StoreError(
        .noPermission,
        "The workspace cannot be locked.",
        subject: path,
        cause: String(cString: strerror(errno)),
        remedy: "Check that the folder exists and that you may write to it."
      )
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let holder = try? String(contentsOfFile: path, encoding: .utf8)
      close(file)
      let process = holder.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      let name = process.map { " (process \($0))" } ?? ""
      throw StoreError(
        .locked,
        "Another sync is running\(name).",
        subject: directory,
        remedy: "Wait until it has finished and run the command again."
      )
    }
    // The number only makes the other's message better, so a failure here is no fault.
    let number = Array("\(getpid())\n".utf8)
    if ftruncate(file, 0) == 0 { _ = pwrite(file, number, number.count, 0) }
    return WorkspaceLock(file: file)
  }

  /// Lets go of the lock. Doing so twice is harmless.
  public func release() {
    let held = file.withLock { file in
      defer { file = nil }
      return file
    }
    if let held { close(held) }
  }
}
