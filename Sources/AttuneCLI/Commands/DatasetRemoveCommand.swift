import ArgumentParser
import Attune

struct DatasetRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Delete a dataset with all its examples.",
    discussion: """
      Afterwards none of its text is in any file of the workspace, unless a document or an answer holds \
      it too. Files that it was imported from or exported to are not touched.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The dataset's name.")
  var name: String

  private struct Removed: Encodable {
    let dataset: String
    let examples: Int
  }

  func run() throws {
    global.start()
    let count = try global.openWorkspace().removeDataset(name)
    if output.json {
      try JSONOutput.print(Removed(dataset: name, examples: count))
    } else {
      Terminal.line("Removed \(Terminal.safeLine(name)): \(Figures.plural(count, "example")).")
    }
  }
}
