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

        Ctrl-C stops after the step and saves; 'attune tune resume' goes on bit for bit.

        Examples:
          attune tune embedder --dataset main
          attune tune embedder --data questions.jsonl --steps 40 --name terms --activate
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @OptionGroup var options: RankingOptions

    @Option(help: "What cosines are divided by.")
    var temperature: Float = 0.05

    @Option(help: "What the trained difference is multiplied by; chosen where absent.")
    var strength: Double?

    func validate() throws {
      if let strength, !(strength > 0 && strength <= 2) {
        throw ValidationError("--strength must be above 0 and at most 2.")
      }
      guard temperature > 0 else { throw ValidationError("--temperature must be above 0.") }
    }

    func run() async throws {
      global.start()
      let workspace = try global.openWorkspace()
      let presenter = TuningPresenter(workspace: workspace, json: output.json)
      let tuning = try workspace.embedderTuning(request(in: workspace))
      if options.estimate { return try presenter.showEstimate(of: tuning) }
      try presenter.run(tuning, activates: options.activates)
    }

    private func request(in workspace: Workspace) throws -> EmbedderTuningRequest {
      var request = EmbedderTuningRequest(
        name: options.name ?? workspace.adapters.freeName(.embedder),
        data: options.source
      )
      request.model = options.model
      request.temperature = temperature
      request.strength = strength
      options.apply(to: &request.settings, &request.ranking)
      if let parent = try options.parent(.embedder, in: workspace) {
        request.parent = parent.name
        request.model = options.model ?? parent.baseModel
        // What is kept was multiplied by the strength, and so it goes on.
        request.settings.adapter = parent.settings?.adapter
        request.settings.adapter?.alpha *= parent.strength ?? 1
      }
      return request
    }
  }
}
