import Foundation
import TestSupport

/// Another program, run to its end or stopped on the way.
final class ChildProcess {
  private let process = Process()
  private let folder: URL
  private let ended = DispatchSemaphore(value: 0)

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// Starts a program, named by its path or its name with its arguments behind.
  ///
  /// The environment is added to that of the tests, where nil takes a variable away; the input is what
  /// the program reads from standard input.
  init(
    _ command: [String],
    in directory: URL,
    environment: [String: String?] = [:],
    input: String = ""
  ) throws {
    // Files, not pipes: nothing blocks, however much is written.
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(input.utf8).write(to: folder.appendingPathComponent("in"))
    for name in ["out", "err"] { try Data().write(to: folder.appendingPathComponent(name)) }
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = directory
    process.environment = variables
    process.standardInput = try FileHandle(
      forReadingFrom: folder.appendingPathComponent("in")
    )
    process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent("err"))
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    // Files of a test run in the system's temporary folder; left behind they do no harm.
    try? FileManager.default.removeItem(at: folder)
  }

  /// Ends the program as a power cut would.
  func kill9() { kill(process.processIdentifier, SIGKILL) }

  /// Waits for the end; a program that hangs is ended, and shows as ended by signal 9.
  func wait(seconds: Double = TestLength.isFull ? 900 : 120) throws -> Run {
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      kill9()
      ended.wait()
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Run(
      status: isSignal ? nil : process.terminationStatus,
      signal: isSignal ? process.terminationStatus : nil,
      output: try text(of: "out"),
      errors: try text(of: "err")
    )
  }

  private func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }
}
