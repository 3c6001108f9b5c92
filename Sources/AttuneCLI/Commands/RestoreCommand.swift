import ArgumentParser
import Attune
import Foundation

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of the workspace's knowledge.",
    discussion: """
      The backup is checked before anything is replaced. What the workspace holds at the moment is \
      lost; without --replace, a workspace that holds documents is left as it is.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A file that attune backup wrote.")
  var file: String

  @Flag(help: "Replace what the workspace holds.")
  var replace = false

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let overviews = try workspace.restore(from: URL(fileURLWithPath: file), replacing: replace)
    if output.json {
      try JSONOutput.print(["sources": overviews])
    } else {
      let documents = overviews.reduce(0) { $0 + $1.documents }
      Terminal.line(
        "Restored \(Figures.plural(overviews.count, "source")) with "
          + "\(Figures.plural(documents, "document"))."
      )
    }
  }
}
