import Attune
import Datasets

/// Shows datasets and examples to a person.
enum DatasetPresenter {
  /// How many digits of an identifier are shown.
  static let digits = 12

  static func show(_ overview: DatasetOverview) {
    Terminal.line("\(overview.name)  \(Figures.plural(overview.examples, "example"))")
    guard overview.examples > 0 else { return }
    var kept = "\(Figures.grouped(overview.kept)) kept"
    if overview.stale > 0 { kept += " (\(Figures.grouped(overview.stale)) stale)" }
    Terminal.line(
      "  \(kept), \(Figures.plural(overview.candidates, "candidate")), "
        + "\(Figures.grouped(overview.dropped)) dropped"
    )
    let splits = overview.splits
    var divided =
      "  \(Figures.grouped(splits.train)) to train, \(Figures.grouped(splits.validation)) to validate, "
      + "\(Figures.grouped(splits.test)) to test"
    if splits.unsplit > 0 { divided += ", \(Figures.grouped(splits.unsplit)) in no split" }
    Terminal.line(divided)
    let origins = overview.origins.sorted { $0.key < $1.key }
      .map { "\(Figures.grouped($0.value)) \($0.key)" }
    Terminal.line("  \(origins.joined(separator: ", "))")
    Terminal.line("  version \(overview.version.shortIdentifier)")
  }

  /// One line for an example, and one for its answer.
  static func showBriefly(_ stored: StoredExample) {
    Terminal.line(heading(stored))
    guard let example = stored.example else {
      Terminal.line("  (forgotten with its document)")
      return
    }
    Terminal.line("  Q: \(brief(example.question))")
    Terminal.line("  A: \(brief(example.answer))")
  }

  /// An example in full.
  static func show(_ stored: StoredExample) {
    Terminal.line(heading(stored))
    guard let example = stored.example else {
      Terminal.line("  (forgotten with its document)")
      return
    }
    for message in example.messages {
      let mark = message.role == .assistant && !message.isLearnt ? " (not learnt)" : ""
      Terminal.line("\(message.role.rawValue)\(mark): \(Terminal.safe(message.content))")
    }
    if let passage = example.passage { Terminal.line("passage: \(Terminal.safe(passage))") }
    for distractor in example.distractors {
      Terminal.line("distractor: \(Terminal.safe(distractor))")
    }
    if let source = example.source { Terminal.line("from \(Terminal.safeLine(source.place))") }
  }

  private static func heading(_ stored: StoredExample) -> String {
    var parts = [
      String(stored.id.prefix(digits)), stored.state.rawValue, stored.origin.rawValue,
    ]
    if let split = stored.split { parts.append(split.rawValue) }
    if let fault = stored.fault { parts.append("STALE: \(fault.reason)") }
    return parts.joined(separator: "  ")
  }

  private static func brief(_ text: String?) -> String {
    let line = Terminal.safeLine(text ?? "")
    return line.count > 160 ? line.prefix(159) + "…" : line
  }
}
