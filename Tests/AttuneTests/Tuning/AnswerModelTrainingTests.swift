import Attune
import FineTuning
import Foundation
import TestSupport
import Testing

/// The training of the answer model that comes with the program can be repeated.
@Suite(
  .enabled(if: TestLength.isFull, "takes minutes; set ATTUNE_FULL_TESTS=1"),
  .enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"),
  .enabled(if: SharedData.holds("qa/qed"), "needs the shared data"),
  .enabled(
    if: FileManager.default.fileExists(
      atPath: SharedData.packageRoot.appending(path: ".attune-experiments/medquad/train.jsonl").path
    ),
    "needs Scripts/prepare-medquad.py to have run"
  ),
  .serialized
)
struct AnswerModelTrainingTests {
  private static let experiment = SharedData.packageRoot.appending(
    path: "Experiments/answer-model.yaml"
  )
  private static let kept = SharedData.packageRoot.appending(
    path: "Experiments/results/answer-model-slice.json"
  )

  @Test func aHundredthOfItTakesTheSameCurve() throws {
    // The experiment's paths count from the project's root.
    let before = FileManager.default.currentDirectoryPath
    #expect(FileManager.default.changeCurrentDirectoryPath(SharedData.packageRoot.path))
    defer { _ = FileManager.default.changeCurrentDirectoryPath(before) }
    let output = try TemporaryDirectory()
    let finished = try AnswerModelTraining(
      experiment: Self.experiment,
      output: output.url,
      share: 0.01
    ).run()
    let report = try #require(finished)
    let wanted = try JSONDecoder().decode(
      AnswerModelTraining.Report.self,
      from: Data(contentsOf: Self.kept)
    )
    #expect(report.stages.map(\.name) == wanted.stages.map(\.name))
    for (stage, kept) in zip(report.stages, wanted.stages) {
      #expect(stage.examples == kept.examples)
      try #require(stage.curve.points.count == kept.curve.points.count)
      for (point, old) in zip(stage.curve.points, kept.curve.points) {
        #expect(abs(point.loss - old.loss) <= 1e-3 * old.loss, "\(stage.name), step \(point.step)")
      }
    }
    for name in ["config.json", "model.safetensors", "training.json"] {
      #expect(FileManager.default.fileExists(atPath: output.url.appending(path: name).path))
    }
  }
}
