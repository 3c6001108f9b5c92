import ArgumentParser
import Attune
import FineTuning

extension TuneCommand {
  struct Reranker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tune a reranker, which reads the best passages together with the question.",
      discussion: """
        Trains the embedding model to tell, of a question with a passage, how surely the one answers the \
        other: on questions with the passages that answer them, and on what the workspace's own search \
        finds for them that does not. Examples made by 'attune dataset synthesize' have passages; those \
        whose passage the workspace does not hold are left out.

        Afterwards held-out questions are searched for with and without it. What a sure answer adds to a \
        passage's score is chosen on validation questions. In use, it reads the best passages of each \
        search (retrieval.rerank in attune.yaml says how many) and puts them in a better order.

        Ctrl-C stops after the step and saves; 'attune tune resume' goes on bit for bit.

        Examples:
          attune tune reranker --dataset main --estimate
          attune tune reranker --data questions.jsonl --steps 60 --name order --activate
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var options: RankingOptions

    @Option(help: "What a sure answer adds to a passage's score; chosen where absent.")
    var weight: Double?

    func validate() throws {
      if let weight, !(weight > 0 && weight <= 100) {
        throw ValidationError("--weight must be above 0 and at most 100.")
      }
    }

    func run() async throws {
      global.start()
      let workspace = try global.openWorkspace()
      let presenter = TuningPresenter(workspace: workspace, json: output.json)
      let tuning = try workspace.rerankerTuning(request(in: workspace))
      if options.estimate { return try presenter.showEstimate(of: tuning) }
      try presenter.run(tuning, activates: options.activates)
    }

    private func request(in workspace: Workspace) throws -> RerankerTuningRequest {
      var request = RerankerTuningRequest(
        name: options.name ?? workspace.adapters.freeName(.reranker),
        data: options.source
      )
      request.model = options.model
      request.weight = weight
      options.apply(to: &request.settings, &request.ranking)
      if let parent = try options.parent(.reranker, in: workspace) {
        request.parent = parent.name
        request.model = options.model ?? parent.baseModel
        request.settings.adapter = parent.settings?.adapter
      }
      return request
    }
  }
}
