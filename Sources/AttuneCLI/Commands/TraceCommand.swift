import ArgumentParser
import Attune

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show everything that led to an answer.",
    discussion: """
      Shows the passages found with their scores at each stage, what was read, which quotes were \
      weighed and why, the checks and the time taken. Without an identifier, lists the latest answers.

      Where a tuned generator wrote the answer, and was tuned with --influence, names the training \
      examples that shaped the answer most.
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
      try JSONOutput.print(
        TraceOutput(
          trace,
          in: workspace.configuration,
          trainingExamples: trainingExamples(trace, workspace)
        )
      )
    } else {
      TracePresenter.show(trace)
      if let examples = trainingExamples(trace, workspace) { InfluencePresenter.show(examples) }
    }
  }

  /// The training examples behind the answer; a model or index that is gone does not keep the rest from
  /// being shown.
  private func trainingExamples(
    _ trace: TraceView,
    _ workspace: Workspace
  ) -> [TrainingInfluence]? {
    do { return try workspace.trainingExamples(behind: trace) } catch {
      let description = ErrorDescription(error)
      Terminal.note(
        "The training examples behind the answer cannot be told: "
          + Terminal.safeLine(description.message + " " + description.remedy)
      )
      return nil
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
