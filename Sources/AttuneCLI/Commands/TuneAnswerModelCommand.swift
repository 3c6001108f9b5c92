import ArgumentParser
import Attune
import FineTuning
import Foundation

extension TuneCommand {
  struct AnswerModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answer-model",
      abstract: "Train an answer model from the embedding model, by an experiment file.",
      discussion: """
        Makes questions from the texts that the file names, trains on them, then on people's questions, \
        and writes the model with a report. Takes hours. Ctrl-C stops after the step and saves; the same \
        command goes on bit for bit.

        --share 0.01 trains on a hundredth of the examples, to see that a training can be repeated.

        Example: attune tune answer-model Experiments/answer-model.yaml --output answer-model
        """
    )

    @OptionGroup var output: OutputOptions

    @Argument(help: "The experiment's file; its paths count from the current folder.")
    var experiment: String

    @Option(
      name: .customLong("output"),
      help: ArgumentHelp("Where the model goes.", valueName: "folder")
    )
    var folder: String

    @Option(help: "The share of the examples to train on.")
    var share = 1.0

    func validate() throws {
      guard share > 0, share <= 1 else {
        throw ValidationError("--share must be above 0 and at most 1.")
      }
    }

    func run() async throws {
      let training = try AnswerModelTraining(
        experiment: URL(fileURLWithPath: experiment),
        output: URL(fileURLWithPath: folder),
        share: share
      )
      let stop = StopRequest()
      let source = TuningPresenter.interrupts { stop.stop() }
      defer { source.cancel() }
      let line = ProgressLine("answer model")
      let report = try training.run(stop: stop) { phase in
        switch phase {
        case .preparing(let what):
          line.show(done: 0, of: 1, detail: what)
        case .training(let stage, let progress):
          line.show(
            done: progress.step,
            of: progress.steps,
            detail: "\(stage): \(TuningPresenter.detail(of: progress))"
          )
        }
      }
      line.finish()
      guard let report else {
        Terminal.note("Stopped. The same command goes on.")
        throw ExitStatus.someFailed.code
      }
      guard !output.json else { return try JSONOutput.print(report) }
      for stage in report.stages {
        let best = stage.curve.evaluations.map(\.loss).min()
        Terminal.line(
          "\(stage.name): \(Figures.plural(stage.examples, "example")), "
            + "\(Figures.plural(stage.steps, "step")), \(stage.tokens) tokens in "
            + "\(Int(stage.seconds.rounded())) s"
            + (best.map { String(format: ", validation loss %.4f", $0) } ?? "")
        )
      }
      Terminal.line("Written to \(folder)")
    }
  }
}
