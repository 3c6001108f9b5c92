import ArgumentParser
import Attune
import Datasets

struct DatasetShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the examples of a dataset, or one of them in full.",
    discussion: """
      Example: attune dataset show --state candidate --limit 50
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Argument(help: "The identifier of one example, or its beginning.")
  var id: String?

  @Option(name: .customLong("state"), help: "Only these; may be given more than once.")
  var states: [ExampleState] = []

  @Option(name: .customLong("split"), help: "Only these; may be given more than once.")
  var splits: [Example.Split] = []

  @Option(name: .customLong("origin"), help: "Only these; may be given more than once.")
  var origins: [Example.Origin] = []

  @Flag(help: "Only examples whose document changed or is gone.")
  var stale = false

  @Option(help: "How many to show at most.")
  var limit: Int = 20

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
  }

  private struct Listing: Encodable {
    let dataset: String
    let examples: [ExampleOutput]
    /// How many match in all.
    let total: Int
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    if let id {
      let example = try workspace.example(id, in: options.dataset)
      if output.json {
        try JSONOutput.print(ExampleOutput(example))
      } else {
        DatasetPresenter.show(example)
      }
      return
    }
    let filter = ExampleFilter(
      states: Set(states),
      splits: Set(splits),
      origins: Set(origins),
      isStale: stale ? true : nil
    )
    let found = try workspace.examples(in: options.dataset, matching: filter)
    if output.json {
      try JSONOutput.print(
        Listing(
          dataset: options.dataset,
          examples: found.prefix(limit).map(ExampleOutput.init),
          total: found.count
        )
      )
      return
    }
    if found.isEmpty { Terminal.line("There is no such example.") }
    found.prefix(limit).forEach(DatasetPresenter.showBriefly)
    if found.count > limit {
      Terminal.note("\(Figures.grouped(found.count - limit)) more; --limit shows them.")
    }
  }
}
