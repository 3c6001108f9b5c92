import Answering
import Attune
import Knowledge

/// Shows an answer to a person.
enum AnswerPresenter {
  /// - Parameters:
  ///   - answer: What to show.
  ///   - configuration: Knows the web pages that documents were read from.
  ///   - isStreamed: Whether its text was shown already, as it came.
  static func show(
    _ answer: Answer,
    in configuration: WorkspaceConfiguration,
    isStreamed: Bool = false
  ) {
    if isStreamed { Terminal.line() }
    // Where nothing of what was shown is supported, the answer is another one.
    if !isStreamed || answer.abstained { Terminal.line(Terminal.safe(answer.text)) }
    if !answer.citations.isEmpty {
      Terminal.line()
      for citation in answer.citations {
        Terminal.line("[\(citation.marker)] \(Terminal.safeLine(citation.url))")
        if let page = configuration.pageURL(of: citation.url) {
          Terminal.line("    \(Terminal.safeLine(page))")
        }
      }
    }
    if answer.sentences.contains(where: { !$0.isSupported }) {
      Terminal.note(
        "\n[unsupported] marks what the sources named do not hold; --strict leaves it out."
      )
    }
    if let note = answer.contextNote { Terminal.note(Terminal.safe(note)) }
    if !answer.nearest.isEmpty {
      Terminal.line("\nNearest passages:")
      for hit in answer.nearest {
        Terminal.line("  \(PassagePresenter.place(of: hit.passage))")
        Terminal.line(PassagePresenter.excerpt(of: hit.passage, indent: "    "))
      }
    }
    if let fault = answer.readerFault {
      Terminal.note("\nThe answer model could not be used, so this is quotes alone:")
      Terminal.report(ErrorDescription(fault))
    }
    let figures =
      "confidence \(Figures.decimal(answer.confidence, places: 2)), "
      + "\(Figures.decimal(answer.timings.total, places: 0)) ms"
    guard let fault = answer.traceFault else {
      Terminal.note("\n\(figures); attune trace \(answer.id) shows what led to this")
      return
    }
    Terminal.note("\n\(figures); the trace was not kept:")
    Terminal.report(ErrorDescription(fault))
  }
}
