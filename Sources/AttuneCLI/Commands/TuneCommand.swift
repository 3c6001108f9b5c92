import ArgumentParser
import Attune

struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Fine-tune a model on examples, on this machine.",
    discussion: """
      Trains an adapter: a small difference beside a model that stays as it is. The adapter is kept in \
      the workspace with the data, settings and curves it came from, and measured on examples that \
      training never saw.

      Example: attune tune generator --data examples.jsonl --model SmolLM2-135M-Instruct --name support
      """,
    subcommands: [
      Generator.self, Embedder.self, Reranker.self, AnswerModel.self, Resume.self, Benchmark.self,
    ]
  )
}

extension TuneCommand {
  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go on with a tuning that was interrupted.",
      discussion: """
        Goes on from the last checkpoint, bit for bit as if it had not stopped. The examples and the \
        model must be as they were.

        Example: attune tune resume support
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The adapter's name; those that can go on are listed where it is left out.")
    var name: String?

    func run() async throws {
      global.start()
      let workspace = try global.openWorkspace()
      guard let name else {
        let names = workspace.interruptedTunings()
        if output.json { return try JSONOutput.print(names) }
        for name in names { Terminal.line(Terminal.safeLine(name)) }
        if names.isEmpty { Terminal.line("No tuning was interrupted.") }
        return
      }
      let presenter = TuningPresenter(workspace: workspace, json: output.json)
      try presenter.run(workspace.resumedTuning(name), activates: false)
    }
  }
}
