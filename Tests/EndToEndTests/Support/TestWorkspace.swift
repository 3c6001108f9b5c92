import Foundation
import TestSupport
import Testing

/// A workspace in a directory of its own, worked with through the program alone.
final class TestWorkspace {
  let directory: TemporaryDirectory
  /// What goes into the environment of every command.
  var environment: [String: String?] = [:]

  var root: URL { directory.url.appendingPathComponent("work", isDirectory: true) }
  /// A folder beside the workspace for what is taken in.
  var data: URL { directory.url.appendingPathComponent("data", isDirectory: true) }
  /// What the program keeps.
  var kept: URL { root.appendingPathComponent(".attune", isDirectory: true) }

  init() throws {
    directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let run = try AttuneProgram.run(["init"], in: root)
    try #require(run.status == 0, "\(run)")
  }

  /// Makes a workspace that has taken in some files.
  convenience init(files: [String: String]) throws {
    try self.init()
    for (path, text) in files { try write(text, to: path) }
    try add()
  }

  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    try directory.write(text, to: "data/\(path)")
  }

  @discardableResult
  func write(_ bytes: [UInt8], to path: String) throws -> URL {
    try directory.write(Data(bytes), to: "data/\(path)")
  }

  func delete(_ path: String) throws {
    try FileManager.default.removeItem(at: data.appendingPathComponent(path))
  }

  /// Runs a command in the workspace.
  func run(_ arguments: String..., input: String = "", under wrapper: [String] = []) throws -> Run {
    try AttuneProgram.run(
      arguments,
      in: root,
      environment: environment,
      input: input,
      under: wrapper
    )
  }

  /// Starts a command in the workspace and leaves it running.
  func start(_ arguments: String...) throws -> ChildProcess {
    try AttuneProgram.start(arguments, in: root, environment: environment)
  }

  /// Takes in the data folder, which must succeed.
  func add() throws {
    let run = try run("add", data.path)
    try #require(run.status == 0, "\(run)")
  }

  /// Syncs and returns the report of the first source.
  func syncReport() throws -> (run: Run, report: JSON) {
    let run = try run("sync", "--json")
    return (run, run.json["sources"][0])
  }

  /// Expects that the program finds nothing wrong with what it keeps.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let run = try run("doctor", "--json")
    let store = run.json["findings"].array.filter { $0["subject"].string == "store" }
    #expect(
      !store.isEmpty && store.allSatisfy { $0["level"].string == "good" },
      "\(run)",
      sourceLocation: sourceLocation
    )
  }

  /// What is found for each question: the places and texts in order of rank. Scores are left out.
  func found(_ questions: [String], limit: Int = 1_000) throws -> [[String]] {
    let lines = questions.enumerated().map { index, question in
      "{\"id\": \"\(index)\", \"question\": \"\(question)\"}"
    }
    let run = try run(
      "search",
      "--batch",
      "-",
      "--json",
      "--limit",
      "\(limit)",
      input: lines.joined(separator: "\n")
    )
    try #require(run.status == 0, "\(run)")
    return run.jsonLines.map { line in
      line["results"].array.map { hit in
        "\(hit["document"].string ?? "") \(hit["url"].string ?? "") \(hit["text"].string ?? "")"
      }
    }
  }
}
