import ArgumentParser
import Attune
import FineTuning

/// What the tunings of an embedder and of a reranker are told alike.
struct RankingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Train on a file of any format that can be imported. Can be repeated.",
      valueName: "file"
    )
  )
  var data: [String] = []

  @Option(help: ArgumentHelp("Train on a dataset of the workspace.", valueName: "name"))
  var dataset: String?

  @Option(
    help: "Name of an installed model or a model's folder; the configured embedder where absent."
  )
  var model: String?

  @Option(help: "What to call the adapter; the role with a number where absent.")
  var name: String?

  @Option(help: "Rank of the adapter: how much it can learn.")
  var rank = 16

  @Option(help: "How often to go through the questions.")
  var epochs: Int?

  @Option(help: "How many steps to train, instead of --epochs.")
  var steps: Int?

  @Option(help: "The highest learning rate.")
  var learningRate = 1e-3

  @Option(help: "Questions in a step.")
  var batch: Int?

  @Option(help: "How many questions about the same document come together in a step.")
  var together: Int?

  @Option(help: "Passages for each question that look like its answer and are none.")
  var hardNegatives: Int?

  @Option(help: "The most tokens of a passage that are read.")
  var passageTokens: Int?

  @Option(help: "Steps between checkpoints; once an epoch where absent.")
  var checkpointEvery: Int?

  @Option(help: "Decides the order of the questions and the adapter's start.")
  var seed: UInt64 = 0

  @Flag(
    help: "Go on from the adapter in use with the examples that came since, and some old ones."
  )
  var sinceLast = false

  @Flag(help: "Search with the adapter from now on, unless it finds less on held-out questions.")
  var activate = false

  @Flag(help: "Only say what the training would take.")
  var estimate = false

  func validate() throws {
    guard data.isEmpty || dataset == nil else {
      throw ValidationError("Give either --data or --dataset.")
    }
    guard epochs == nil || steps == nil else {
      throw ValidationError("Give either --epochs or --steps.")
    }
    guard rank > 0, epochs ?? 1 > 0, steps ?? 1 > 0 else {
      throw ValidationError("--rank, --epochs and --steps must be above 0.")
    }
  }

  /// Where the examples are.
  var source: TuningSource {
    data.isEmpty ? .dataset(dataset ?? Workspace.defaultDataset) : .files(data)
  }

  /// Whether the adapter is put in use where it is not worse.
  var activates: Bool { activate || sinceLast }

  /// Changes settings as the options say.
  func apply(to settings: inout TrainingSettings, _ ranking: inout RankingSettings) {
    settings.learningRate = learningRate
    if let epochs { settings.length = .epochs(epochs) }
    if let steps { settings.length = .steps(steps) }
    settings.seed = seed
    settings.checkpointInterval = checkpointEvery
    var adapter = LoRASettings()
    adapter.rank = rank
    adapter.alpha = Double(2 * rank)
    settings.adapter = adapter
    if let batch { ranking.questionsPerStep = batch }
    if let together { ranking.questionsPerGroup = together }
    if let hardNegatives { ranking.negativesPerQuestion = hardNegatives }
    if let passageTokens { ranking.passageTokens = passageTokens }
  }

  /// The adapter to go on from; nil where a new one is made.
  ///
  /// - Throws: `ValidationError` where none is in use.
  func parent(_ role: AdapterRecord.Role, in workspace: Workspace) throws -> AdapterRecord? {
    guard sinceLast else { return nil }
    guard let last = workspace.adapters.active(role) else { throw Self.noParent }
    return try workspace.adapters.record(of: last)
  }

  static let noParent = ValidationError(
    "--since-last goes on from the adapter in use, and none is: see attune adapters list."
  )
}
