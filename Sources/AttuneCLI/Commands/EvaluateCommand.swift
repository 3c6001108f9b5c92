import ArgumentParser
import Attune
import Evaluation
import Foundation

struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Run an experiment and check its figures, or test an arm against its baseline.",
    discussion: """
      An experiment file names its data, its settings and the figures that are expected, with \
      tolerances. Exit code 1 says that a figure is off.

      With --baseline, the questions of a comparison's report are asked again of one of its arms, as the \
      workspace is now: exit code 1 says that the arm has become worse, beyond chance. That is a \
      regression test of your own questions.

      Examples:
        attune evaluate Experiments/answers.yaml
        attune evaluate --baseline baseline/report.json --arm retrieval
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Experiment files.")
  var experiments: [String] = []

  @Option(help: ArgumentHelp("Test against this comparison's report.json.", valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("The arm of the baseline that is tested.", valueName: "arm"))
  var arm = "retrieval"

  @Option(help: ArgumentHelp("Write the report, its figures and plots here.", valueName: "folder"))
  var results: String?

  @Option(help: ArgumentHelp("Keep indexes of the data here between runs.", valueName: "folder"))
  var work = ".attune-experiments"

  @Flag(help: "Choose the settings anew on the validation data and report them.")
  var fit = false

  private struct Result: Encodable {
    let experiment: String
    let figures: [String: Double]
    let deviations: [String]
  }

  func validate() throws {
    guard (baseline == nil) != experiments.isEmpty else {
      throw ValidationError("Give experiment files, or --baseline with a report.")
    }
  }

  func run() async throws {
    global.start()
    if let baseline { return try await test(against: URL(fileURLWithPath: baseline)) }
    var areAllAsExpected = true
    for path in experiments {
      let runner = ExperimentRunner(workFolder: URL(fileURLWithPath: work)) { Terminal.note($0) }
      let report = try runner.run(URL(fileURLWithPath: path), fitting: fit)
      let deviations = report.outcome.verify().map(\.description)
      if output.json {
        try JSONOutput.print(
          Result(
            experiment: report.outcome.experiment.name,
            figures: report.outcome.figures,
            deviations: deviations
          )
        )
      } else {
        show(report, deviations: deviations)
      }
      if let results { try write(report, to: URL(fileURLWithPath: results)) }
      areAllAsExpected = areAllAsExpected && deviations.isEmpty
    }
    if !areAllAsExpected { throw ExitStatus.someFailed.code }
  }

  private func test(against baseline: URL) async throws {
    let run = try BaselineRun(
      ComparisonReport(contentsOf: baseline),
      arm: arm,
      in: global.openWorkspace()
    )
    let line = ProgressLine("asking \(arm)")
    let change = try await run.run { done, count in
      line.show(done: done, of: count, detail: "")
    }
    line.finish()
    if output.json {
      try JSONOutput.print(change)
    } else {
      show(change)
    }
    if change.isDrop { throw ExitStatus.someFailed.code }
  }

  private func show(_ change: BaselineChange) {
    func percent(_ share: Double) -> String { "\(Figures.decimal(share * 100))%" }
    let count = change.difference.questions
    let verdict =
      change.isDrop ? "It is worse" : change.isGain ? "It is better" : "No change is shown"
    Terminal.line(
      "\(arm): right on \(percent(change.now)) of \(Figures.plural(count, "question")), "
        + "\(percent(change.before)) in the baseline. \(verdict) (p = "
        + "\(Figures.decimal(change.pValue, places: 3))); a change of "
        + "\(percent(change.minimalDetectableDifference)) would be found four times in five."
    )
    for (name, questions) in [("worse", change.worse), ("better", change.better)]
    where !questions.isEmpty {
      Terminal.line("  \(name): \(Terminal.safeLine(questions.prefix(20).joined(separator: ", ")))")
    }
    if change.notInBaseline + change.notAnswered > 0 {
      Terminal.line("  left out: \(change.notInBaseline + change.notAnswered)")
    }
  }

  private func show(_ report: ExperimentReport, deviations: [String]) {
    for (heading, table) in report.tables { Terminal.line("\(heading)\n\(table.terminal())\n") }
    for remark in report.remarks { Terminal.line(remark) }
    for deviation in deviations { Terminal.line("not as expected: \(deviation)") }
    if deviations.isEmpty { Terminal.line("All figures are as expected.") }
  }

  private func write(_ report: ExperimentReport, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let name = report.outcome.experiment.name
    try Data(report.markdown().utf8).write(
      to: folder.appending(path: "\(name).md"),
      options: .atomic
    )
    for (plot, svg) in report.plots {
      try Data(svg.utf8).write(to: folder.appending(path: "\(plot).svg"), options: .atomic)
    }
  }
}
