import Foundation

/// A server in OpenAI's shape, on loopback, that always says the same.
final class ScriptedServer {
  /// The address up to and including the version.
  let address: String
  private let process: ChildProcess

  /// Starts one that answers questions with one text and rewrites them to the other.
  init(answering answer: String, rewriting rewritten: String = "", in directory: URL) throws {
    let script = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/scripted-server.py")
    let portFile = directory.appendingPathComponent("port-\(UUID().uuidString)")
    process = try ChildProcess(
      ["python3", script.path, answer, rewritten, portFile.path],
      in: directory
    )
    let deadline = Date().addingTimeInterval(30)
    var port: String?
    while port == nil, process.isRunning, Date() < deadline {
      port = try? String(contentsOf: portFile, encoding: .utf8)
      if port == nil { usleep(5_000) }
    }
    guard let port else { throw Tool.Failure(message: "the scripted server did not start") }
    address = "http://127.0.0.1:\(port)/v1"
  }

  deinit { stop() }

  func stop() { process.kill9() }
}
