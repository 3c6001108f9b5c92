import ArgumentParser
import Attune
import Evaluation
import Foundation

struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Say what a comparison means for what counts for you.",
    discussion: """
      Weighs what attune compare measured: quality, freshness, transparency, latency, cost and effort. \
      Nothing is recommended on a difference that was not shown; of arms that are as good, the simplest \
      is. The advice says why, under how many weightings it holds, what would change it, and what to do \
      next.

      The weights are numbers of 0 or more, of which the ratios matter: quality 4, freshness 2, \
      transparency 2, and 1 for the others, unless attune.yaml (advice:) or --weights says otherwise.

      Examples:
        attune advise
        attune advise --weights quality=4,freshness=0,cost=3
        attune advise .attune/reports/first/report.json --json
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A comparison's name, or a report.json; the latest comparison where absent.")
  var report: String?

  @Option(
    help: ArgumentHelp(
      "How much criteria count, such as quality=4,cost=3; those not named stay as they are.",
      valueName: "weights"
    )
  )
  var weights: String?

  func validate() throws {
    guard let weights else { return }
    do {
      _ = try AdviceWeights.standard.changing(by: weights)
    } catch let error as EvaluationError {
      throw ValidationError("--weights: \(error.message) \(error.remedy)")
    }
  }

  func run() throws {
    global.start()
    let url = try AdviseReportFinder(start: global.startingPlace).report(report)
    let advice = try Advisor(report: ComparisonReport(contentsOf: url)).advice(weights: chosen())
    if output.json { return try JSONOutput.print(advice) }
    AdvicePresenter.show(advice)
  }

  /// The workspace's weights, or the standard ones outside of any, with those of the option.
  private func chosen() throws -> AdviceWeights {
    let layout = WorkspaceLayout.nearest(to: global.startingPlace)
    let configured = try layout.map { try Workspace(layout: $0).configuration.advice } ?? .standard
    return try weights.map { try configured.changing(by: $0) } ?? configured
  }
}
