import Foundation

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
    let handle = try FileHandle(forWritingTo: output)
    defer { try? handle.close() }

    let child = Child()
    child.process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    child.process.arguments = [program] + arguments
    child.process.standardInput = FileHandle.nullDevice
    child.process.standardOutput = handle
    child.process.standardError = handle
    let status = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        child.process.terminationHandler = {
          continuation.resume(returning: Int($0.terminationStatus))
        }
        do {
          try child.process.run()
        } catch {
          child.process.terminationHandler = nil
          continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      if child.process.isRunning { child.process.terminate() }
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

  /// `Process` may be asked from another thread whether it runs, and told to end; it is set up
  /// before the first other thread can see it.
  private final class Child: @unchecked Sendable {
    let process = Process()
  }
}
