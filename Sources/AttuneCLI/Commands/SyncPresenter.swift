import Attune
import Documents
import Knowledge

/// Runs a sync and shows what it does.
struct SyncPresenter {
  let workspace: Workspace
  let json: Bool

  private struct Summary: Encodable {
    let sources: [SyncReport]
    let unreachable: [ErrorDescription]
  }

  private static let shownEntries = 10

  /// - Throws: `ExitCode` 1 when some items failed.
  func sync(only names: [String]?, retry: Bool = false) throws {
    var line: ProgressLine?
    var currentSource = ""
    let outcome = try workspace.sync(only: names, retry: retry) { source, progress in
      if source != currentSource {
        line?.finish()
        line = ProgressLine(source)
        currentSource = source
      }
      guard let line else { return }
      let rate = line.seconds > 0.5 ? Int(Double(progress.tokens) / line.seconds) : 0
      var detail = "\(Figures.grouped(progress.passages)) passages"
      if rate > 0 { detail += ", \(Figures.grouped(rate)) tokens/s" }
      line.show(done: progress.itemsDone, of: progress.itemsTotal, detail: detail)
    }
    line?.finish()
    let unreachable = outcome.unreachable.map { ErrorDescription($0) }
    if json {
      try JSONOutput.print(Summary(sources: outcome.reports, unreachable: unreachable))
    } else {
      for report in outcome.reports { show(report) }
      if outcome.reports.isEmpty, unreachable.isEmpty {
        Terminal.line("There are no sources yet. Next: attune add <folder or database>.")
      }
    }
    if !json { for error in unreachable { Terminal.report(error) } }
    if !unreachable.isEmpty || outcome.reports.contains(where: { !$0.failures.isEmpty }) {
      throw ExitStatus.someFailed.code
    }
  }

  private func show(_ report: SyncReport) {
    var line =
      "\(report.source): \(report.added) added, \(report.changed) changed, \(report.removed) removed, "
      + "\(report.unchanged) unchanged, \(report.failures.count) failed"
    if !report.skipped.isEmpty { line += ", \(report.skipped.count) skipped" }
    line += " in \(Figures.seconds(report.seconds))"
    if report.embedded > 0 {
      line += " (\(Figures.plural(report.embedded, "passage")) embedded"
      if report.seconds > 0 {
        line += ", \(Figures.grouped(Int(Double(report.tokens) / report.seconds))) tokens/s"
      }
      line += ")"
    }
    Terminal.line(line)
    list(report.failures.map(describe), as: "failed")
    list(report.skipped.map(describe), as: "skipped")
    list(report.warnings, as: "note")
  }

  private func describe(_ failure: SyncFailure) -> String {
    let error = failure.error
    var text = error.message
    if !error.message.contains(error.subject) { text = "\(error.subject): \(text)" }
    return failure.isSkip ? text : "\(Terminal.sentence(text)) \(error.remedy)"
  }

  private func list(_ entries: [String], as kind: String) {
    for entry in entries.prefix(Self.shownEntries) {
      Terminal.line("  \(kind): \(Terminal.safeLine(entry))")
    }
    if entries.count > Self.shownEntries {
      Terminal.line(
        "  \(kind): … and \(entries.count - Self.shownEntries) more; attune sources --failures lists all"
      )
    }
  }
}
