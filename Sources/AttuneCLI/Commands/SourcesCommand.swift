import ArgumentParser
import Attune
import Documents
import Knowledge

struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "List the sources, how much they hold and how often they change."
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "List what could not be taken in, and what was passed over.")
  var failures = false

  func run() throws {
    global.start()
    let overviews = try global.openWorkspace().sourceOverviews()
    if output.json {
      try JSONOutput.print(["sources": overviews])
      return
    }
    if overviews.isEmpty {
      Terminal.line("There are no sources yet. Next: attune add <folder or database>.")
    }
    for overview in overviews {
      var line =
        "\(overview.name)  \(Terminal.safeLine(overview.location))\n"
        + "  \(Figures.plural(overview.documents, "document")), "
        + Figures.plural(overview.passages, "passage")
      if overview.changes > 0 { line += ", \(Figures.plural(overview.changes, "change")) seen" }
      if let rate = overview.changesPerDay {
        line += " (\(Figures.decimal(rate, places: 2)) per day)"
      }
      line += overview.lastSync.map { ", synced \(Figures.moment($0))" } ?? ", never synced"
      let failed = overview.failures.filter { !$0.isSkip }.count
      if failed > 0 { line += ", \(failed) failed" }
      Terminal.line(line)
      guard failures else { continue }
      for failure in overview.failures {
        let kind = failure.isSkip ? "skipped" : "failed"
        Terminal.line(
          "  \(kind): \(Terminal.safeLine(failure.error.subject)): "
            + "\(Terminal.sentence(Terminal.safeLine(failure.error.message))) "
            + Terminal.safeLine(failure.error.remedy)
        )
      }
    }
  }
}
