import ArgumentParser
import Attune
import Datasets

struct DatasetSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Divide a dataset for training, validation and test.",
    discussion: """
      Examples of one document stay together, and so do questions in nearly the same words. Examples \
      that are in a split already stay there, so new ones can be divided at any time. The same seed \
      gives the same division.

      Example: attune dataset split --shares 80/10/10
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: DatasetOptions

  @Option(help: "Hundredths for training, validation and test.")
  var shares: String = "80/10/10"

  @Option(help: "Another seed gives another division.")
  var seed: UInt64 = 0

  func validate() throws { _ = try parsedShares() }

  func run() throws {
    global.start()
    let overview = try global.openWorkspace().splitDataset(
      options.dataset,
      shares: parsedShares(),
      seed: seed
    )
    if output.json {
      try JSONOutput.print(DatasetOutput(overview))
    } else {
      DatasetPresenter.show(overview)
    }
  }

  private func parsedShares() throws -> SplitShares {
    let parts = shares.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 3, let train = parts[0], let validation = parts[1], let test = parts[2],
      let result = try? SplitShares(
        train: train / 100,
        validation: validation / 100,
        test: test / 100
      )
    else {
      throw ValidationError(
        "“--shares \(shares)” is not of the form 80/10/10: three hundredths that add up to 100."
      )
    }
    return result
  }
}
