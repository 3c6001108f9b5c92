import ArgumentParser
import Attune

/// Which dataset a command is about.
struct DatasetOptions: ParsableArguments {
  @Option(help: "The dataset's name.")
  var dataset: String = Workspace.defaultDataset
}
