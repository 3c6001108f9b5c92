import ArgumentParser
import Attune
import Datasets
import Foundation

struct DatasetSynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Make examples from the documents.",
    discussion: """
      Without a model, asks for numbers, dates and names that stand in a sentence (cloze), for what \
      something is (definition), for what a section says (section), and for cells of table rows (cell). \
      With --generator, the configured generator writes the questions, and only those are taken that \
      their passage answers. Every example carries the place that it comes from; when its document \
      changes it is left out.

      --context puts passages beside each example that look as if they held the answer and do not, so \
      that a model learns not to be led astray. Run again, it makes other examples.

      Example: attune dataset synthesize --count 500 --kinds cloze,cell
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Option(help: "How many examples to make.")
  var count: Int = 200

  @Option(help: "Kinds of questions, divided by commas: cloze, definition, section, cell.")
  var kinds: String?

  @Option(name: .customLong("source"), help: "Only this source; may be given more than once.")
  var sources: [String] = []

  @Option(help: "The most examples from one passage.")
  var perPassage: Int = 4

  @Flag(help: "Let the configured generator write the questions.")
  var generator = false

  @Option(
    help: ArgumentHelp(
      "Passages without the answer to put beside each example.",
      valueName: "passages"
    )
  )
  var context: Int = 0

  @Option(help: "Another seed makes other examples.")
  var seed: UInt64 = 0

  @Flag(help: "Take them in as candidates, to be reviewed first.")
  var review = false

  func validate() throws {
    _ = try parsedKinds()
    guard count > 0, perPassage > 0 else {
      throw ValidationError("--count and --per-passage must be at least 1.")
    }
    guard (0...100).contains(context) else {
      throw ValidationError("--context must be from 0 to 100.")
    }
    guard kinds == nil || !generator else {
      throw ValidationError("--kinds are the ways without a generator; give one of the two.")
    }
  }

  func run() async throws {
    global.start()
    let line = ProgressLine("Making examples")
    let report = try await global.openWorkspace().synthesizeExamples(
      SynthesisRequest(
        count: count,
        kinds: try parsedKinds(),
        sources: sources,
        perPassage: perPassage,
        distractors: context,
        usesGenerator: generator,
        seed: seed,
        state: review ? .candidate : .kept
      ),
      into: options.dataset
    ) { line.show(done: $0, of: count, detail: "\($0) of \(count)") }
    line.finish()
    if output.json {
      try JSONOutput.print(report)
      return
    }
    var text =
      "Added \(Figures.plural(report.added, "example")) to \(report.dataset), from "
      + Figures.plural(report.passages, "passage")
    if report.refused > 0 {
      text += "; \(Figures.plural(report.refused, "question")) did not stand the checks"
    }
    Terminal.line(text + ".")
    if report.added < count {
      Terminal.note("The documents give no more; --per-passage takes more from each passage.")
    }
  }

  private func parsedKinds() throws -> Set<SynthesisKind> {
    guard let kinds else { return Set(SynthesisKind.allCases) }
    let names = kinds.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let parsed = names.compactMap(SynthesisKind.init)
    guard !parsed.isEmpty, parsed.count == names.count else {
      let known = SynthesisKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("“--kinds \(kinds)” must be of \(known), divided by commas.")
    }
    return Set(parsed)
  }
}
