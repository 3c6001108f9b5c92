import ArgumentParser
import Attune

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a source and everything that came from it.",
    discussion: """
      Removal is removal: afterwards none of the source's text is in any file of the workspace, old \
      answers that quoted it included. The original files are not touched.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The source's name, as attune sources shows it.")
  var source: String

  func run() throws {
    global.start()
    let removed = try global.openWorkspace().removeSource(named: source)
    if output.json {
      try JSONOutput.print(
        RemovedSource(source: source, documents: removed.documents, passages: removed.passages)
      )
    } else {
      Terminal.line(
        "Removed \(Terminal.safeLine(source)): \(Figures.plural(removed.documents, "document")), "
          + "\(Figures.plural(removed.passages, "passage"))."
      )
    }
  }

  private struct RemovedSource: Encodable {
    let source: String
    let documents: Int
    let passages: Int
  }
}
