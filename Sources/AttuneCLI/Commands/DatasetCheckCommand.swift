import ArgumentParser
import Attune
import Datasets
import FineTuning
import Foundation
import LanguageModels

struct DatasetCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what would spoil training on a dataset.",
    discussion: """
      Looks for duplicates, leaks between splits, contradictions, empty and unfinished texts, masks that \
      train nothing, personal data, imbalance and stray languages, and gives a score from 0 to 100 with \
      its parts. With a model (--model, or the local generator of attune.yaml) lengths are counted in \
      its tokens, and what is cut off is known exactly. Candidates and stale examples are not looked at.

      The report is written as a page, into .attune/reports unless --html names a file. The exit code is \
      1 where training would be worthless.

      Example: attune dataset check --html report.html
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Option(help: ArgumentHelp("Where to write the page.", valueName: "file"))
  var html: String?

  @Option(
    help: "The model to be trained: an installed one's name, a folder, or a GGUF file."
  )
  var model: String?

  @Option(
    help: "The most tokens of an example that training would take; the model's own limit else."
  )
  var maxTokens: Int?

  func validate() throws {
    if let maxTokens, maxTokens < 1 {
      throw ValidationError("--max-tokens must be at least 1.")
    }
  }

  private static let shownFindings = 3

  private struct Report: Encodable {
    let dataset: String
    let score: Double
    let check: DatasetCheck
    let leftOut: [TrainingExamples.Omission]
    let candidates: Int
    let report: String
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let training = try workspace.trainingExamples(dataset: options.dataset)
    let check = try workspace.checkDataset(options.dataset, encoder: try encoder(in: workspace))
    let page = try workspace.writeReport(
      check,
      of: options.dataset,
      to: html.map { URL(fileURLWithPath: $0) }
    )
    if output.json {
      try JSONOutput.print(
        Report(
          dataset: options.dataset,
          score: check.score.total,
          check: check,
          leftOut: training.omissions,
          candidates: training.candidateCount,
          report: page.path
        )
      )
    } else {
      show(check, training)
      Terminal.line("\nReport: \(page.path)")
    }
    if check.isWorthless { throw ExitStatus.someFailed.code }
  }

  private func encoder(in workspace: Workspace) throws -> (any ExampleEncoder)? {
    var isLocal = false
    if case .local = workspace.configuration.generator { isLocal = true }
    guard model != nil || isLocal else { return nil }
    let loaded = try Workspace.languageModel(named: model, near: global.startingPlace)
    return ChatExampleEncoder(
      loaded,
      maximumTokens: maxTokens ?? loaded.contextLength,
      now: Date()
    )
  }

  private func show(_ check: DatasetCheck, _ training: TrainingExamples) {
    let splits = check.splits.map {
      "\(Figures.grouped($0.examples)) \($0.split?.rawValue ?? "no split")"
    }
    Terminal.line(
      "\(options.dataset): \(Figures.plural(check.exampleCount, "example"))"
        + (splits.isEmpty ? "" : " (\(splits.joined(separator: ", ")))")
    )
    let lengths = check.lengths
    var line =
      "Lengths: half at most \(Figures.grouped(lengths.median)) \(lengths.unit.rawValue), the longest "
      + Figures.grouped(lengths.maximum)
    if lengths.lostTokens > 0 {
      line +=
        "; \(Figures.grouped(lengths.lostTokens)) tokens of "
        + "\(Figures.plural(lengths.examplesBeyondLimit, "example")) are beyond the limit"
    }
    Terminal.line(line)
    Terminal.line("\nScore \(Figures.decimal(check.score.total, places: 0)) of 100")
    for part in check.score.parts {
      Terminal.line(
        "  \(Figures.decimal(part.points)) / \(Figures.decimal(part.maximum, places: 0))  \(part.name)"
      )
    }
    for kind in Finding.Kind.allCases {
      let findings = check.findings(of: kind)
      guard let first = findings.first else { continue }
      Terminal.line(
        "\n\(first.severity.rawValue): \(kind.rawValue), \(Figures.grouped(findings.count))×"
      )
      for finding in findings.prefix(Self.shownFindings) {
        let names = finding.names.prefix(4).joined(separator: " ")
        Terminal.line("  \(Terminal.safeLine("\(names) \(finding.message)"))")
      }
      Terminal.line("  → \(Terminal.safeLine(first.remedy))")
    }
    if !training.omissions.isEmpty {
      Terminal.line(
        "\n\(Figures.plural(training.omissions.count, "kept example")) left out: the documents changed "
          + "or are gone (attune dataset show --stale)."
      )
    }
    if training.candidateCount > 0 {
      Terminal.line(
        "\(Figures.plural(training.candidateCount, "candidate")) not reviewed yet (attune dataset review)."
      )
    }
    if check.isWorthless {
      Terminal.line("\nTraining on this would be worthless:")
      for reason in check.worthlessReasons { Terminal.line("  \(Terminal.safeLine(reason))") }
    }
  }
}
