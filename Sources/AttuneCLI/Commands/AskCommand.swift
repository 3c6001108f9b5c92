import Answering
import ArgumentParser
import Attune
import Knowledge

struct AskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Answer a question from the data, with its sources.",
    discussion: """
      The answer model, where it is installed, reads the best passages: where it is sure, the answer \
      comes first, in a few words, with its place, and under it the sentences or rows that hold it. Where \
      it is not, or models.generator in attune.yaml is “extractive”, these are quoted alone. With another \
      generator there, a language model writes the answer from the passages found; it appears sentence by \
      sentence, each after its citations are checked, and what its sources do not hold is marked. Where \
      the data does not answer, Attune says so and shows the nearest passages. A question that needs a \
      calculation over a table is told apart.

      With --batch, reads JSONL with “id” and “question” from a file (or - for standard input) and \
      prints one JSON line for each, in order.

      Example: attune ask "How many days of leave do new employees get?"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var access: AccessOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var filters: FilterOptions

  @Argument(help: "The question.")
  var question: [String] = []

  @Option(help: ArgumentHelp("Answer each line of a JSONL file.", valueName: "file"))
  var batch: String?

  @Flag(help: "Leave out what a generator writes and its sources do not hold.")
  var strict = false

  func validate() throws {
    guard (batch == nil) != question.isEmpty else {
      throw ValidationError("Give a question, or --batch with a file.")
    }
    _ = try filters.filter()
  }

  func run() async throws {
    global.start()
    let workspace = try global.openWorkspace()
    let filter = try filters.filter()
    let session = try workspace.session(strict: strict, groups: access.access)
    guard let batch else {
      let stream = AnswerStream(isShown: !output.json)
      let answer = try await session.ask(question.joined(separator: " "), filter: filter) {
        await stream.show($0)
      }
      if output.json {
        try JSONOutput.print(AnswerOutput(answer, in: workspace.configuration))
      } else {
        AnswerPresenter.show(
          answer,
          in: workspace.configuration,
          isStreamed: await stream.hasShown
        )
      }
      return
    }
    let failures = try await BatchInput(path: batch, field: "question").run { item in
      try JSONOutput.print(
        AnswerOutput(
          try await session.ask(item.text, filter: filter),
          in: workspace.configuration,
          inputID: item.id
        )
      )
    }
    if failures > 0 { throw ExitStatus.someFailed.code }
  }
}
