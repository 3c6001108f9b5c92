import ArgumentParser
import Attune
import Foundation

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a workspace in a folder.",
    discussion: """
      Writes attune.yaml, which is yours to edit, and the folder .attune, in which Attune keeps what \
      it reads. A folder that already is a workspace is left as it is.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The folder; the current one where none is given.")
  var folder: String?

  func run() throws {
    global.start()
    let place = folder.map { URL(fileURLWithPath: $0) } ?? global.startingPlace
    let configuration = WorkspaceLayout(root: place).configuration
    let isNew = !FileManager.default.fileExists(atPath: configuration.path)
    let workspace = try Workspace.create(at: place)
    if output.json {
      try JSONOutput.print(["workspace": workspace.layout.root.path])
    } else {
      let root = workspace.layout.root.path
      Terminal.line(isNew ? "Made a workspace in \(root)." : "\(root) is a workspace already.")
      Terminal.line("Next: attune models pull, then attune add <folder or database>.")
    }
  }
}
