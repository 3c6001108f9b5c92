import Answering
import Attune
import Knowledge

/// Shows a trace to a person.
enum TracePresenter {
  static func show(_ trace: TraceView) {
    Terminal.line("Question   \(Terminal.safeLine(trace.question))")
    Terminal.line("Asked      \(Figures.moment(trace.createdAt))")
    Terminal.line("Outcome    \(trace.trace.outcome.rawValue)")
    Terminal.line(
      "Confidence \(Figures.decimal(trace.trace.confidence, places: 2)), answers are given from "
        + Figures.decimal(trace.trace.minimumConfidence, places: 2)
    )
    Terminal.line("Generator  \(trace.trace.generator)")
    Terminal.line("Embedder   \(trace.trace.embedder)")
    let search = trace.trace.search
    Terminal.line(
      "Search     \(search.mode.rawValue), dense weight \(search.denseWeight), summary weight "
        + "\(search.summaryWeight)"
    )
    if let reranker = trace.trace.reranker {
      Terminal.line("Reranker   \(Terminal.safeLine(reranker)), the best \(search.rerank)")
    }
    let timings = trace.trace.timings
    Terminal.line(
      "Time       \(Figures.decimal(timings.retrieve)) ms to retrieve"
        + (timings.rerank.map { " (\(Figures.decimal($0)) ms of it to rerank)" } ?? "") + ", "
        + "\(Figures.decimal(timings.generate)) ms to read and check"
    )
    showAnswer(trace)
    if let generation = trace.trace.generation { showGeneration(generation) }
    if let reading = trace.trace.reading { showReading(reading, trace) }
    showRetrieved(trace)
    showContext(trace)
    showQuotes(trace)
  }

  private static func showAnswer(_ trace: TraceView) {
    Terminal.line("\nAnswer")
    guard let answer = trace.answer else {
      Terminal.line("  (deleted, because a source behind it was removed or has changed)")
      return
    }
    for line in Terminal.safe(answer).split(separator: "\n") { Terminal.line("  \(line)") }
    for citation in trace.citations {
      Terminal.line("  [\(citation.marker)] \(Terminal.safeLine(citation.url))")
    }
    for fault in trace.trace.refused { Terminal.line("  refused a citation: \(fault.rawValue)") }
  }

  private static func showGeneration(_ generation: GenerationRecord) {
    Terminal.line("\nSentences as they were written")
    for (index, sentence) in generation.sentences.enumerated() {
      let markers = sentence.markers.map { "[\($0)]" }.joined(separator: " ")
      let faults = sentence.faults.map(\.rawValue).joined(separator: ", ")
      Terminal.line(
        "  \(index + 1). \(sentence.isSupported ? "supported \(markers)" : "unsupported: \(faults)"), "
          + "score \(Figures.decimal(sentence.score, places: 2))"
      )
    }
    if let note = generation.fit.note { Terminal.line("  \(Terminal.safeLine(note))") }
  }

  private static func showReading(_ reading: ReadingRecord, _ trace: TraceView) {
    Terminal.line(
      "\nRead by \(Terminal.safeLine(reading.reader)) (probability; – is that of no answer): short answer "
        + "\(reading.isShown ? "shown" : "not shown"), confidence "
        + "\(Figures.decimal(reading.confidence, places: 2)), shown from "
        + Figures.decimal(reading.least, places: 2)
    )
    for entry in reading.passages {
      let mark = entry.passage == reading.chosen ? "*" : " "
      Terminal.line("  \(mark) \(place(of: entry.passage, in: trace))")
      Terminal.line("      \(Figures.decimal(entry.none, places: 3))  –")
      for reply in entry.replies {
        let parts = reply.characters.map { range in
          trace.quoteTexts[TraceView.key(entry.passage, range)].map(Terminal.safeLine) ?? "(gone)"
        }
        let words = reply.isVerbatim ? [] : ["(own words)"]
        Terminal.line(
          "      \(Figures.decimal(reply.probability, places: 3))  "
            + (parts + words).joined(separator: " … ")
        )
      }
    }
    let features = reading.features.sorted { $0.key < $1.key }
      .map { "\($0.key) \(Figures.decimal($0.value, places: 2))" }.joined(separator: ", ")
    Terminal.line("    \(features)")
  }

  private static func showRetrieved(_ trace: TraceView) {
    Terminal.line("\nFound passages (score; dense, words, summary, reranker)")
    for (index, entry) in trace.trace.retrieved.enumerated() {
      let scores = [
        entry.scores.dense, entry.scores.lexical, entry.scores.summary, entry.scores.reranker,
      ].map { score in
        score.map { Figures.decimal($0, places: 3) } ?? "–"
      }
      Terminal.line(
        "  \(index + 1). \(Figures.decimal(entry.score, places: 3)); \(scores.joined(separator: ", "))  "
          + place(of: entry.passage, in: trace)
      )
    }
  }

  private static func showContext(_ trace: TraceView) {
    let tokens = trace.trace.context.reduce(0) { $0 + $1.tokens }
    Terminal.line("\nContext (\(tokens) tokens)")
    for entry in trace.trace.context {
      Terminal.line("  \(entry.role.rawValue)  \(place(of: entry.passage, in: trace))")
    }
  }

  private static func showQuotes(_ trace: TraceView) {
    Terminal.line("\nQuotes weighed (logit)")
    for quote in trace.trace.quotes {
      let features = quote.features.sorted { $0.key < $1.key }
        .map { "\($0.key) \(Figures.decimal($0.value, places: 2))" }.joined(separator: ", ")
      let text = trace.quoteTexts[TraceView.quoteKey(quote)].map(Terminal.safeLine) ?? "(gone)"
      Terminal.line(
        "  \(quote.chosen ? "*" : " ") \(Figures.decimal(quote.score, places: 2))  \(text)\n"
          + "           \(features)"
      )
    }
  }

  private static func place(of passage: Int64, in trace: TraceView) -> String {
    trace.passageURLs[String(passage)].map(Terminal.safeLine) ?? "(gone)"
  }
}
