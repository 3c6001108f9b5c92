import ArgumentParser
import Attune
import Evaluation
import Foundation

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Run an experiment and check its figures.",
    discussion: """
      An experiment file names its data, its settings and the figures that are expected, with \
      tolerances. Exit code 1 says that a figure is off.

      Example: attune evaluate Experiments/answers.yaml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Experiment files.")
  var experiments: [String]

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

  func run() throws {
    global.start()
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
