import ArgumentParser
import Attune
import Datasets
import Foundation

struct DatasetReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Go through the candidates: keep, correct or drop each.",
    discussion: """
      Shows each candidate with the place that it comes from. Enter k to keep it, c to write the right \
      answer, d to drop it, s to skip it, q to stop. Each decision is kept at once.

      With --batch, reads decisions as JSONL from a file (or - for standard input), one object a line \
      with “id”, “decision” (keep, correct, drop or skip) and, to correct, “answer”; prints one JSON \
      line for each.

      Example: attune dataset review --origin asked
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Option(name: .customLong("origin"), help: "Only these; may be given more than once.")
  var origins: [Example.Origin] = []

  @Option(help: ArgumentHelp("Take decisions from a JSONL file.", valueName: "file"))
  var batch: String?

  func validate() throws {
    guard batch == nil || origins.isEmpty else {
      throw ValidationError("--batch names its examples; leave out --origin.")
    }
  }

  private struct Summary: Encodable {
    var kept = 0
    var corrected = 0
    var dropped = 0
    var skipped = 0

    mutating func count(_ decision: ReviewDecision?) {
      switch decision {
      case .keep: kept += 1
      case .correct: corrected += 1
      case .drop: dropped += 1
      case nil: skipped += 1
      }
    }
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    if let batch {
      let failures = try ReviewBatch(path: batch, dataset: options.dataset).run(in: workspace)
      if failures > 0 { throw ExitStatus.someFailed.code }
      return
    }
    let candidates = try workspace.examples(
      in: options.dataset,
      matching: ExampleFilter(states: [.candidate], origins: Set(origins), isStale: false)
    )
    var summary = Summary()
    for (index, candidate) in candidates.enumerated() {
      Terminal.note("\n\(index + 1) of \(candidates.count)")
      if !output.json { DatasetPresenter.show(candidate) }
      guard let decision = ask() else { break }
      if let decision = decision.taken {
        try workspace.decide(decision, on: candidate.id, in: options.dataset)
      }
      summary.count(decision.taken)
    }
    if output.json {
      try JSONOutput.print(summary)
    } else if candidates.isEmpty {
      Terminal.line("There are no candidates. Every question that is answered makes one.")
    } else {
      Terminal.line(
        "\(summary.kept) kept, \(summary.corrected) corrected, \(summary.dropped) dropped, "
          + "\(summary.skipped) skipped."
      )
    }
  }

  /// What was entered for one candidate; nothing taken where it is skipped.
  private struct Reply {
    var taken: ReviewDecision?
  }

  /// Asks until an answer is understood; nil at the end of the input, and where the person stops.
  private func ask() -> Reply? {
    while true {
      Terminal.write("[k]eep [c]orrect [d]rop [s]kip [q]uit > ", to: .standardError)
      guard let line = readLine() else { return nil }
      switch line.trimmingCharacters(in: .whitespaces).lowercased() {
      case "k", "keep": return Reply(taken: .keep)
      case "d", "drop": return Reply(taken: .drop)
      case "s", "skip": return Reply(taken: nil)
      case "q", "quit": return nil
      case "c", "correct":
        Terminal.write("Right answer > ", to: .standardError)
        guard let answer = readLine() else { return nil }
        // Nothing written is no answer: ask again.
        if answer.contains(where: { !$0.isWhitespace }) { return Reply(taken: .correct(answer)) }
      default: continue
      }
    }
  }
}
