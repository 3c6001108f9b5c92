import ArgumentParser
import Attune
import Datasets
import Foundation

struct DatasetExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a dataset to a file, or with settings for another program to train on.",
    discussion: """
      Writes the kept examples, stale ones left out. Only the format attune holds all that is known of \
      an example; what another format would change is left out and named.

      --recipe writes a folder that axolotl or TRL trains from on a GPU. The adapter that comes out is \
      a PEFT folder.

      Example: attune dataset export train.jsonl --format chat --split train
      Example: attune dataset export cluster/ --recipe axolotl --base HuggingFaceTB/SmolLM2-135M-Instruct
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Argument(help: "The file; with --recipe the folder.")
  var destination: String

  @Option(help: "The file's format.")
  var format: DatasetFormat?

  @Option(help: "Only this part of the data.")
  var split: Example.Split?

  @Option(help: "Write the data and settings for axolotl or trl.")
  var recipe: TrainingRecipe.Program?

  @Option(help: "The base model's name or folder, as the other program loads it.")
  var base: String?

  func validate() throws {
    guard (format == nil) != (recipe == nil) else {
      throw ValidationError("Give --format for a file, or --recipe for a folder.")
    }
    guard (recipe == nil) == (base == nil) else {
      throw ValidationError("--recipe and --base go together.")
    }
    guard recipe == nil || split == nil else {
      throw ValidationError("A recipe takes the training and validation splits; leave out --split.")
    }
  }

  private struct File: Encodable {
    let path: String
    let written: Int
    let omissions: [DatasetExport.Omission]
  }

  private static let shownOmissions = 20

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let url = URL(fileURLWithPath: destination)
    if let recipe, let base {
      let files = try workspace.exportRecipe(
        TrainingRecipe(baseModel: base),
        for: recipe,
        of: options.dataset,
        to: url
      )
      if output.json {
        try JSONOutput.print(["files": files.map(\.path)])
      } else {
        for file in files { Terminal.line(file.path) }
      }
      return
    }
    guard let format else { return }
    let report = try workspace.exportDataset(options.dataset, to: url, format: format, split: split)
    if output.json {
      try JSONOutput.print(
        File(path: url.path, written: report.writtenCount, omissions: report.omissions)
      )
    } else {
      for omission in report.omissions.prefix(Self.shownOmissions) {
        Terminal.note("  left out: \(Terminal.safeLine(omission.description))")
      }
      if report.omissions.count > Self.shownOmissions {
        Terminal.note("  and \(Figures.grouped(report.omissions.count - Self.shownOmissions)) more")
      }
      Terminal.line(
        "Wrote \(Figures.plural(report.writtenCount, "example")) to \(Terminal.safeLine(url.path))."
      )
    }
    if !report.omissions.isEmpty { throw ExitStatus.someFailed.code }
  }
}
