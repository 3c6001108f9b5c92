import ArgumentParser
import Attune
import FineTuning

extension TuneCommand {
  struct Embedder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tune the embedder, so that searches find more.",
      discussion: """
        Trains on questions with the passages that answer them: a question should be closer to its own \
        passage than to those of the other questions in a step. Examples made by 'attune dataset \
        synthesize' have passages; others without one are left out.

        Afterwards held-out questions are asked before and after, among the passages of the workspace. \
        The strength, what the trained difference is multiplied by, is chosen on validation questions so \
        that general sentences are still told apart. With --activate all vectors of the workspace are \
        made anew.

        Examples:
          attune tune embedder --dataset main
          attune tune embedder --data questions.jsonl --steps 40 --name terms --activate
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

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
      help: "Name of an installed model or a model's folder; the configured one where absent."
    )
    var model: String?

    @Option(help: "What to call the adapter; embedder-1, embedder-2, … where absent.")
    var name: String?

    @Option(help: "Rank of the adapter: how much it can learn.")
    var rank = 16

    @Option(help: "How often to go through the questions.")
    var epochs = 3

    @Option(help: "How many steps to train, instead of --epochs.")
    var steps: Int?

    @Option(help: "The highest learning rate.")
    var learningRate = 1e-3

    @Option(help: "Questions in a step: each other's passages are the wrong ones.")
    var batch = 32

    @Option(help: "How many questions about the same document come together in a step.")
    var together = 4

    @Option(help: "Passages for each question that look like its answer to the model and are none.")
    var hardNegatives = 0

    @Option(help: "The most tokens of a passage in training.")
    var passageTokens = 128

    @Option(help: "What cosines are divided by.")
    var temperature: Float = 0.05

    @Option(help: "What the trained difference is multiplied by; chosen where absent.")
    var strength: Double?

    @Option(help: "Decides the order of the questions and the adapter's start.")
    var seed: UInt64 = 0

    @Flag(help: "Search with the adapter from now on, unless it finds less on held-out questions.")
    var activate = false

    func validate() throws {
      guard data.isEmpty || dataset == nil else {
        throw ValidationError("Give either --data or --dataset.")
      }
      if let strength, !(strength > 0 && strength <= 2) {
        throw ValidationError("--strength must be above 0 and at most 2.")
      }
      guard temperature > 0 else { throw ValidationError("--temperature must be above 0.") }
      guard rank > 0, epochs > 0, steps ?? 1 > 0 else {
        throw ValidationError("--rank, --epochs and --steps must be above 0.")
      }
    }

    func run() async throws {
      global.start()
      let workspace = try global.openWorkspace()
      let tuning = try workspace.embedderTuning(request(in: workspace))
      try EmbedderTuningPresenter(workspace: workspace, json: output.json)
        .run(tuning, activates: activate)
    }

    private func request(in workspace: Workspace) -> EmbedderTuningRequest {
      var request = EmbedderTuningRequest(
        name: name ?? workspace.adapters.freeName(.embedder),
        data: data.isEmpty ? .dataset(dataset ?? Workspace.defaultDataset) : .files(data)
      )
      request.model = model
      request.settings.learningRate = learningRate
      request.settings.length = steps.map { .steps($0) } ?? .epochs(epochs)
      request.settings.seed = seed
      var adapter = LoRASettings()
      adapter.rank = rank
      adapter.alpha = Double(2 * rank)
      request.settings.adapter = adapter
      request.ranking.questionsPerStep = batch
      request.ranking.questionsPerGroup = together
      request.ranking.negativesPerQuestion = hardNegatives
      request.ranking.passageTokens = passageTokens
      request.temperature = temperature
      request.strength = strength
      return request
    }
  }
}
