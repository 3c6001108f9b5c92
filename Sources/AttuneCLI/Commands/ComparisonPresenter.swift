import Attune
import Evaluation
import FineTuning
import Foundation

/// Shows how a comparison goes and what it found.
final class ComparisonPresenter {
  private let json: Bool
  private var line: ProgressLine?
  private var label = ""

  init(json: Bool) { self.json = json }

  /// Says what is to be done.
  func begin(_ comparison: Comparison) {
    let data = comparison.data
    var text =
      "\(comparison.name): \(Figures.plural(data.questions, "question")) over "
      + "\(Figures.plural(data.clusters, "document"))"
    if data.unanswerable > 0 { text += ", \(data.unanswerable) without an answer in the data" }
    if let source = data.trainingSource {
      text += "; trained on \(Figures.plural(data.trainingExamples, "example")) (\(source))"
    }
    Terminal.note(Terminal.safeLine(text))
    for reason in [ComparisonData.Exclusion.Reason.trained, .duplicate, .noAnswer] {
      let count = data.excluded.count { $0.reason == reason }
      guard count > 0 else { continue }
      let why =
        switch reason {
        case .trained: "trained on in these words or nearly these"
        case .duplicate: "asked twice"
        case .noAnswer: "without an accepted answer (say \"kind\": \"unanswerable\" if so)"
        }
      Terminal.note("  left out: \(Figures.plural(count, "question")) \(why)")
    }
  }

  /// Shows a phase.
  func show(_ phase: ComparisonPhase) {
    switch phase {
    case .preparing(let what):
      line(what).show(done: 0, of: 1, detail: "")
    case .training(let arm, let label, let step):
      line("training \([arm, label].filter { !$0.isEmpty }.joined(separator: ", "))").show(
        done: step.step,
        of: step.steps,
        detail: TuningPresenter.detail(of: step)
      )
    case .asking(let arm, let label, let done, let count):
      let line = line("asking \([arm, label].filter { !$0.isEmpty }.joined(separator: ", "))")
      let left = done > 0 ? line.seconds / Double(done) * Double(count - done) : 0
      line.show(done: done, of: count, detail: "\(Figures.seconds(left)) left")
    }
  }

  /// The line of a piece of work; another piece begins another line.
  private func line(_ text: String) -> ProgressLine {
    if let line, text == label { return line }
    line?.finish()
    let new = ProgressLine(text)
    line = new
    label = text
    return new
  }

  func finish() { line?.finish() }

  private struct Output: Encodable {
    let report: ComparisonReport
    let advice: Advice?
    let folder: String
  }

  /// Shows what was found.
  func show(_ report: ComparisonReport, advice: Advice?, in folder: URL) throws {
    guard !json else {
      return try JSONOutput.print(Output(report: report, advice: advice, folder: folder.path))
    }
    Terminal.line(Terminal.safe(ComparisonTable(report).terminal()))
    if let advice { AdvicePresenter.show(advice) }
    Terminal.line()
    Terminal.line("The report: \(folder.appending(path: "report.html").path)")
    Terminal.line("Weigh it otherwise: attune advise --weights quality=4,freshness=2,cost=3")
  }
}
