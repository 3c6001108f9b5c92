import Datasets
import FineTuning
import Foundation

/// Records, beside a generator's training, what names the examples behind its answers.
///
/// Made before the training runs; it keeps its files with the run's, so that an interrupted training
/// goes on with them.
struct TuningInfluence {
  private let recorder: InfluenceRecorder<TrainableDecoder>
  private let examples: [(identifier: String, example: Example)]
  private let encoder: ChatExampleEncoder
  private let settings: TrainingSettings

  private static let folderName = "influence"

  /// Where an adapter's, or a run's, is kept.
  static func place(in folder: URL) -> URL {
    folder.appending(path: folderName, directoryHint: .isDirectory)
  }

  /// Records a training.
  ///
  /// - Parameters:
  ///   - trainer: the training, resumed where it is to be.
  ///   - run: the folder of the run.
  ///   - examples: the examples as they are trained on, with the passages that were put into them, and the
  ///     names that the dataset has for them.
  ///   - encoder: what makes tokens of them.
  ///   - settings: the training's settings.
  /// - Throws: `FineTuningError` where its folder cannot be made.
  init(
    _ trainer: Trainer<TrainableDecoder>,
    run: URL,
    examples: [(identifier: String, example: Example)],
    encoder: ChatExampleEncoder,
    settings: TrainingSettings
  ) throws {
    recorder = try InfluenceRecorder(trainer, folder: Self.place(in: run))
    self.examples = examples
    self.encoder = encoder
    self.settings = settings
  }

  /// To be called after each step.
  func note(_ progress: TrainingProgress) throws { try recorder.note(progress) }

  /// Takes the gradients of the examples that were trained on and moves all to the adapter.
  ///
  /// - Parameters:
  ///   - result: how the training ended.
  ///   - adapter: the adapter's folder.
  ///   - progress: told how many of how many gradients are done.
  /// - Throws: `FineTuningError` where it cannot be written, and what `progress` throws.
  func finish(
    _ result: TrainingResult,
    adapter: URL,
    progress: (_ done: Int, _ all: Int) throws -> Void
  ) throws {
    let overlong = settings.overlongExamples == .cut ? OverlongExamples.cut : .leaveOut
    var batches: [(identifier: String, batch: PackedSequence)] = []
    for (identifier, example) in examples {
      // Those that the training could not take were told of when it began.
      guard let encoded = try? encoder.encode(example),
        let fitted = try? FittedExamples(
          [encoded],
          maximumTokens: settings.maximumTokens,
          overlong: overlong
        )
      else { continue }
      batches.append((identifier, PackedSequence(fitted.examples)))
    }
    _ = try recorder.finish(result, examples: batches, progress: progress)
    try FileManager.default.moveItem(at: recorder.folder, to: Self.place(in: adapter))
  }
}
