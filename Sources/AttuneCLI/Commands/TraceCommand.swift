import ArgumentParser
import Attune

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show everything that led to an answer.",
    discussion: """
      Shows the passages found with their scores at each stage, what was read, which quotes were \
      weighed and why, the checks and the time taken. Without an identifier, lists the latest answers.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The answer's identifier, or its beginning.")
  var answer: String?

  private static let listed = 20

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    guard let answer else {
      try list(try workspace.recentAnswers(limit: Self.listed))
      return
    }
    let trace = try workspace.trace(of: answer)
    if output.json {
      try JSONOutput.print(TraceOutput(trace))
    } else {
      TracePresenter.show(trace)
    }
  }

  private func list(_ answers: [AnswerHeading]) throws {
    if output.json {
      try JSONOutput.print(["answers": answers])
      return
    }
    if answers.isEmpty { Terminal.line("No question has been asked yet.") }
    for answer in answers {
      Terminal.line(
        "\(answer.id)  \(Figures.moment(answer.createdAt))  \(Terminal.safeLine(answer.question))"
      )
    }
  }
}
