import Foundation
import TestSupport
import Testing

/// What the program says about itself, held to a snapshot: a change of words is seen and meant.
///
/// `ATTUNE_UPDATE_SNAPSHOTS=1` writes the snapshots anew.
@Suite(.enabled(if: AttuneProgram.isThere, "needs the built program"))
struct HelpTests {
  private static let commands = [
    "", "init", "add", "sync", "sources", "remove", "read", "doctor", "backup", "restore", "search",
    "ask",
    "chat", "trace", "feedback", "dataset", "dataset list", "dataset show", "dataset review",
    "dataset import", "dataset synthesize", "dataset split", "dataset check", "dataset export",
    "dataset drop", "dataset remove", "models", "models list", "models pull", "models import",
    "models show", "models tokenize", "models remove", "embed", "generate", "advise", "compare",
    "evaluate", "tune", "tune generator", "tune embedder", "tune reranker", "tune answer-model",
    "tune resume", "adapters", "adapters list", "adapters show", "adapters activate",
    "adapters deactivate", "adapters import", "adapters export",
    "adapters merge", "adapters remove",
  ]

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/help", isDirectory: true)

  @Test("every command explains itself as it did before", arguments: commands)
  func help(of command: String) throws {
    // The width of the terminal would change where lines are broken.
    let run = try AttuneProgram.run(
      command.split(separator: " ").map(String.init) + ["--help"],
      in: FileManager.default.temporaryDirectory,
      environment: ["COLUMNS": "80"]
    )
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("OVERVIEW: "), "the help says what \(command) does")
    #expect(run.output.contains("USAGE: attune"))
    let name = command.isEmpty ? "attune" : command.replacingOccurrences(of: " ", with: "-")
    let snapshot = Self.folder.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["ATTUNE_UPDATE_SNAPSHOTS"] == "1" {
      try Data(run.output.utf8).write(to: snapshot)
    }
    let expected = try String(contentsOf: snapshot, encoding: .utf8)
    #expect(
      run.output == expected,
      "the help of \(command) changed; if it was meant, set ATTUNE_UPDATE_SNAPSHOTS=1"
    )
  }

  @Test("every command that is listed has a snapshot")
  func allCommandsAreKnown() throws {
    let run = try AttuneProgram.run(["--help"], in: FileManager.default.temporaryDirectory)
    let listed = run.output.split(separator: "\n").compactMap { line -> String? in
      // Commands stand two blanks in, in small letters, before their abstract.
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  -") else { return nil }
      let words = line.split(separator: " ")
      guard words.count > 1, words[0].allSatisfy(\.isLowercase), words[0] != "attune" else {
        return nil
      }
      return line.dropFirst(2 + words[0].count).hasPrefix("   ") ? String(words[0]) : nil
    }
    #expect(listed.count >= 14)
    #expect(Set(listed).isSubset(of: Self.commands), "\(listed)")
  }

  @Test("the version is printed")
  func version() throws {
    let run = try AttuneProgram.run(["--version"], in: FileManager.default.temporaryDirectory)
    #expect(run.status == 0)
    #expect(run.output.split(separator: ".").count == 3, "\(run)")
  }
}
