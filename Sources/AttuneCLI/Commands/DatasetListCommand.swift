import ArgumentParser
import Attune

struct DatasetListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the datasets, how much they hold, and their versions.",
    discussion: """
      The version is a hash of all that training would see: the same examples in the same splits have \
      the same version.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    global.start()
    let overviews = try global.openWorkspace().datasets()
    if output.json {
      try JSONOutput.print(["datasets": overviews.map(DatasetOutput.init)])
      return
    }
    for overview in overviews { DatasetPresenter.show(overview) }
  }
}
