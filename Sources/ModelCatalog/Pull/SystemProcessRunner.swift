import Foundation
import Synchronization

/// Runs other programs of this machine.
public struct SystemProcessRunner: ChildProcessRunner {
  /// Only the end of a program's output is kept.
  private static let outputLimit: UInt64 = 8_192

  /// A runner.
  public init() {}

  /// Runs a program until it ends; see `ChildProcessRunner`.
  public func run(_ program: String, _ arguments: [String]) async throws -> ChildProcessResult {
    // A file takes any amount of output; a pipe that nobody reads would stop the program.
    let output = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-\(UUID().uuidString).log")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }

    let child: Child
    do {
      child = try Child(program, arguments, output: output.path)
    } catch let error as POSIXError where error.code == .ENOENT {
      // What a shell says of a program that is not there.
      return ChildProcessResult(status: 127, output: "There is no program “\(program)”.")
    }
    let status = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Waiting blocks, so it gets a thread of its own.
        Thread.detachNewThread { continuation.resume(returning: child.wait()) }
      }
    } onCancel: {
      child.terminate()
    }
    try Task.checkCancellation()
    return ChildProcessResult(status: status, output: try Self.end(of: output))
  }

  private static func end(of file: URL) throws -> String {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: size - min(size, outputLimit))
    return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// A started program.
  ///
  /// Started and waited for with POSIX calls: Foundation's `Process` learns of a child's end through a
  /// run loop, and was seen to miss it where the machine has no network.
  private final class Child: Sendable {
    /// Absent once the program has ended, when the system may give its number to another.
    private let process: Mutex<pid_t?>
    private let identifier: pid_t

    init(_ program: String, _ arguments: [String], output: String) throws {
      #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
      #else
        var actions = posix_spawn_file_actions_t()
      #endif
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_APPEND, 0)
      posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
      var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
      words.append(nil)
      defer { for word in words { free(word) } }
      var started = pid_t()
      let fault = posix_spawnp(&started, program, &actions, nil, words, environ)
      guard fault == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: fault) ?? .ENOENT)
      }
      identifier = started
      process = Mutex(started)
    }

    /// Waits until the program ends.
    ///
    /// - Returns: Its exit status; 128 more than the signal's number where a signal ended it.
    func wait() -> Int {
      var status: Int32 = 0
      while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      process.withLock { $0 = nil }
      let signal = status & 0x7F
      return signal == 0 ? Int((status >> 8) & 0xFF) : 128 + Int(signal)
    }

    func terminate() {
      process.withLock { process in
        if let process { kill(process, SIGTERM) }
      }
    }
  }
}
