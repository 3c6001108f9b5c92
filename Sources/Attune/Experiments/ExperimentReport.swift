public import Evaluation

/// What an experiment gave: its figures, and pages for people.
public struct ExperimentReport: Sendable {
  public var outcome: ExperimentOutcome
  /// Tables with a heading each, in order.
  public var tables: [(heading: String, table: TextTable)]
  /// Plots as SVG, by file name without its ending.
  public var plots: [String: String]
  /// Sentences that stand below the tables.
  public var remarks: [String]

  /// The report as a Markdown page.
  public func markdown() -> String {
    var parts = ["# \(outcome.experiment.name)", outcome.experiment.purpose]
    for (heading, table) in tables { parts += ["## \(heading)", table.markdown()] }
    for name in plots.keys.sorted() { parts.append("![\(name)](\(name).svg)") }
    parts += remarks
    return parts.joined(separator: "\n\n") + "\n"
  }
}
