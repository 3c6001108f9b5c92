import ArgumentParser
import Attune
import Foundation

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write the workspace's knowledge to one file.",
    discussion: """
      The file is a SQLite database that holds everything but models and attune.yaml. It can be \
      written while others search.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The file to write; it must not exist yet.")
  var file: String

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let url = URL(fileURLWithPath: file)
    try workspace.backup(to: url)
    let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
    if output.json {
      try JSONOutput.print(Result(backup: url.path, bytes: size))
    } else {
      Terminal.line("Wrote \(url.path) (\(Figures.bytes(size))).")
    }
  }

  private struct Result: Encodable {
    let backup: String
    let bytes: Int
  }
}
