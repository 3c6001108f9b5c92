import ArgumentParser
import Attune
import Datasets
import Foundation

struct DatasetImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring examples in from files.",
    discussion: """
      Reads OpenAI chat JSONL, prompt and completion, Alpaca, ShareGPT, SQuAD, CSV and TSV, and what \
      attune dataset export wrote. The format is found out unless it is named. Lines that are no \
      examples are named with the reason, and the rest is taken. What the dataset holds already is not \
      added again.

      Example: attune dataset import support.jsonl faq.csv
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Argument(help: "The files.")
  var files: [String]

  @Option(help: "Their format; found out where none is given.")
  var format: DatasetFormat?

  @Option(
    help: """
      The document that the examples belong to, where the file names none; examples of one document \
      stay in one split.
      """
  )
  var source: String?

  @Flag(help: "Take them in as candidates, to be reviewed first.")
  var review = false

  private static let shownFailures = 20

  private struct Report: Encodable {
    struct File: Encodable {
      let path: String
      let format: String
      let examples: Int
      let failed: Int
      let failures: [DatasetImport.Failure]
      let unanswerable: Int
    }

    let dataset: String
    let added: Int
    let known: Int
    let files: [File]
  }

  func run() throws {
    global.start()
    let report = try global.openWorkspace().importExamples(
      from: files.map { URL(fileURLWithPath: $0) },
      format: format,
      into: options.dataset,
      source: source,
      state: review ? .candidate : .kept
    )
    if output.json {
      try JSONOutput.print(
        Report(
          dataset: report.dataset,
          added: report.added,
          known: report.known,
          files: report.files.map {
            .init(
              path: $0.path,
              format: $0.format.rawValue,
              examples: $0.examples,
              failed: $0.failureCount,
              failures: $0.failures,
              unanswerable: $0.unanswerableCount
            )
          }
        )
      )
    } else {
      show(report)
    }
    if report.files.contains(where: { $0.failureCount > 0 }) { throw ExitStatus.someFailed.code }
  }

  private func show(_ report: DatasetImportReport) {
    for file in report.files {
      var line =
        "\(Terminal.safeLine(file.path)): \(Figures.plural(file.examples, "example")), "
        + file.format.rawValue
      if file.unanswerableCount > 0 {
        line += ", \(Figures.plural(file.unanswerableCount, "question")) without an answer left out"
      }
      Terminal.line(line)
      for failure in file.failures.prefix(Self.shownFailures) {
        Terminal.note("  \(Terminal.safeLine(failure.description))")
      }
      if file.failureCount > Self.shownFailures {
        Terminal.note("  and \(Figures.grouped(file.failureCount - Self.shownFailures)) more")
      }
    }
    var line = "Added \(Figures.plural(report.added, "example")) to \(report.dataset)"
    if report.known > 0 { line += "; \(Figures.grouped(report.known)) were there already" }
    Terminal.line(line + ".")
  }
}
