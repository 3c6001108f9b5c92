import ArgumentParser
import Attune
import Datasets

struct DatasetDropCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Drop examples, so that they are not trained on.",
    discussion: """
      Dropped examples are remembered and do not come up again; attune dataset review --batch can take \
      them back. --stale deletes the examples whose document changed or is gone.

      Example: attune dataset drop 3f2ab81c
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Argument(help: "The identifiers of the examples, or their beginnings.")
  var ids: [String] = []

  @Flag(help: "Delete all stale examples.")
  var stale = false

  func validate() throws {
    guard ids.isEmpty == stale else { throw ValidationError("Give identifiers, or --stale.") }
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let count: Int
    if stale {
      count = try workspace.removeStaleExamples(in: options.dataset)
    } else {
      // All names first: nothing is dropped where one of them is wrong.
      let examples = try ids.map { try workspace.example($0, in: options.dataset) }
      for example in examples { try workspace.decide(.drop, on: example.id, in: options.dataset) }
      count = examples.count
    }
    if output.json {
      try JSONOutput.print(["dropped": count])
    } else {
      Terminal.line("Dropped \(Figures.plural(count, "example")).")
    }
  }
}
