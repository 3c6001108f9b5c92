import ArgumentParser
import Attune

struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the workspace in step with its sources.",
    discussion: """
      Reads what is new or changed, removes what is gone, and leaves the rest alone. It can be \
      stopped at any moment and goes on from there the next time. A source that cannot be reached \
      keeps what is known of it.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Names of sources; all where none is given.")
  var sources: [String] = []

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    try SyncPresenter(workspace: workspace, json: output.json).sync(
      only: sources.isEmpty ? nil : sources
    )
  }
}
