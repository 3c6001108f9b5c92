import ArgumentParser
import Attune
import FineTuning
import Foundation

extension TuneCommand {
  struct Generator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tune a text generator on questions and answers.",
      discussion: """
        Trains on the model's own chat template; only what the assistant says is learnt, and the token \
        that ends it. --show-example prints an example token by token with its mask. Examples are \
        packed without seeing each other; the loss counts every learnt token the same, however steps \
        are cut.

        Before training, the examples are checked; what would be worthless is refused. Ctrl-C stops \
        after the step and saves; 'attune tune resume' goes on bit for bit.

        Examples:
          attune tune generator --data examples.jsonl --model SmolLM2-135M-Instruct
          attune tune generator --dataset main --since-last --name support-2
          attune tune generator --data examples.jsonl --model ./model --show-example 1
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(
      help: ArgumentHelp(
        "Train on a file: chat, prompt/completion, Alpaca, ShareGPT, SQuAD, CSV. Can be repeated.",
        valueName: "file"
      )
    )
    var data: [String] = []

    @Option(help: ArgumentHelp("Train on a dataset of the workspace.", valueName: "name"))
    var dataset: String?

    @Option(help: "Name of an installed model, a model's folder or a GGUF file.")
    var model: String?

    @Option(help: "What to call the adapter; generator-1, generator-2, … where absent.")
    var name: String?

    @OptionGroup(title: "Training") var training: TrainingOptions

    @Flag(
      help: "Go on from the adapter in use with the examples that came since, and some old ones."
    )
    var sinceLast = false

    @Option(
      help: ArgumentHelp(
        "Put each example's passage into its question, among this many that do not answer it (RAFT).",
        valueName: "n"
      )
    )
    var distractors: Int?

    @Flag(help: "Use the adapter from now on, unless it is worse on the held-out examples.")
    var activate = false

    @Flag(
      help: "Record what names the training examples behind an answer: see attune trace."
    )
    var influence = false

    @Flag(help: "Train even where the check calls the examples worthless.")
    var insist = false

    @Flag(help: "Only say what the training would take.")
    var estimate = false

    @Option(
      help: ArgumentHelp("Only print one training example with its mask.", valueName: "n")
    )
    var showExample: Int?

    func validate() throws {
      guard !(sinceLast && training.full) else {
        throw ValidationError("--since-last goes on from an adapter, which --full does not make.")
      }
      guard !(influence && training.full) else {
        throw ValidationError("--influence looks at an adapter, which --full does not make.")
      }
      guard data.isEmpty || dataset == nil else {
        throw ValidationError("Give either --data or --dataset.")
      }
      if let distractors, distractors < 0 {
        throw ValidationError("--distractors must be 0 or more.")
      }
    }

    func run() async throws {
      global.start()
      let workspace = try global.openWorkspace()
      let presenter = TuningPresenter(workspace: workspace, json: output.json)
      let tuning = try workspace.generatorTuning(request(in: workspace))
      if let showExample { return try presenter.showExample(showExample, of: tuning) }
      if estimate { return try presenter.showEstimate(of: tuning) }
      try presenter.run(tuning, activates: activate || sinceLast)
    }

    private func request(in workspace: Workspace) throws -> GeneratorTuningRequest {
      var request = GeneratorTuningRequest(
        name: name ?? workspace.adapters.freeName(.generator),
        data: data.isEmpty ? .dataset(dataset ?? Workspace.defaultDataset) : .files(data)
      )
      request.model = model
      request.settings = try training.settings()
      request.precision = training.precision
      request.recomputes = training.recompute
      request.insists = insist
      request.recordsInfluence = influence
      request.distractors = distractors
      if sinceLast {
        guard let last = workspace.adapters.active(.generator) else {
          throw RankingOptions.noParent
        }
        let record = try workspace.adapters.record(of: last)
        request.parent = last
        request.model = model ?? record.baseModel
        if let settings = record.settings { request.settings.adapter = settings.adapter }
      }
      return request
    }
  }
}
