import Answering
import ArgumentParser
import Attune
import Knowledge

struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Answer a question with quotes from the data.",
    discussion: """
      Each quote stands exactly so in a document; its citation is checked before it is shown. Where \
      the data does not answer, Attune says so and shows the nearest passages. A question that needs \
      a calculation over a table is told apart.

      With --batch, reads JSONL with “id” and “question” from a file (or - for standard input) and \
      prints one JSON line for each, in order.

      Example: attune ask "How many days of leave do new employees get?"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var filters: FilterOptions

  @Argument(help: "The question.")
  var question: [String] = []

  @Option(help: ArgumentHelp("Answer each line of a JSONL file.", valueName: "file"))
  var batch: String?

  func validate() throws {
    guard (batch == nil) != question.isEmpty else {
      throw ValidationError("Give a question, or --batch with a file.")
    }
    _ = try filters.filter()
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let filter = try filters.filter()
    let session = try workspace.session()
    guard let batch else {
      let answer = try session.ask(question.joined(separator: " "), filter: filter)
      if output.json {
        try JSONOutput.print(AnswerOutput(answer))
      } else {
        AnswerPresenter.show(answer)
      }
      return
    }
    let failures = try BatchInput(path: batch, field: "question").run { item in
      try JSONOutput.print(
        AnswerOutput(try session.ask(item.text, filter: filter), inputID: item.id)
      )
    }
    if failures > 0 { throw ExitStatus.someFailed.code }
  }
}
