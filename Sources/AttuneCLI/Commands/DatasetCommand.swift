public import ArgumentParser
public import Datasets

struct DatasetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Collect, clean and divide examples to train on.",
    discussion: """
      Every answered question becomes a candidate; files are imported, and examples are made from the \
      documents. What is kept is divided into splits and checked before anything is trained on it. \
      Examples whose document changed or is gone are left out.

      From questions to a dataset:
        attune dataset review           keep, correct or drop the candidates
        attune dataset import faq.csv   bring in examples from a file
        attune dataset synthesize       make examples from the documents
        attune dataset split            divide them for training and measuring
        attune dataset check            see what would spoil training
      """,
    subcommands: [
      DatasetListCommand.self, DatasetShowCommand.self, DatasetReviewCommand.self,
      DatasetImportCommand.self, DatasetSynthesizeCommand.self, DatasetSplitCommand.self,
      DatasetCheckCommand.self, DatasetExportCommand.self, DatasetDropCommand.self,
      DatasetRemoveCommand.self,
    ],
    defaultSubcommand: DatasetListCommand.self
  )
}

extension DatasetFormat: ExpressibleByArgument {}
extension ExampleState: ExpressibleByArgument {}
extension Example.Split: ExpressibleByArgument {}
extension Example.Origin: ExpressibleByArgument {}
extension SynthesisKind: ExpressibleByArgument {}
extension TrainingRecipe.Program: ExpressibleByArgument {}
