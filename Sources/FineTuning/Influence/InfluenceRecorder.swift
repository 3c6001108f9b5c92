public import Foundation
import Kernels
import LanguageModels

/// Keeps what is needed to tell later which training examples shaped a model: its parameters at several
/// moments of the training, and at the end the examples' gradients there.
///
/// Made beside a trainer; ``note(_:)`` is called from its progress and ``finish(_:examples:)`` after it.
/// The parameters are written to the disk at once, so that a training can be interrupted and resumed.
/// Works for anything that is trained: the examples are batches of one.
public final class InfluenceRecorder<Model: TrainableModel> {
  /// How it is recorded.
  public let settings: InfluenceSettings
  /// Where it goes.
  public let folder: URL

  private let model: Model
  private let optimizer: AdamW
  private let steps: Set<Int>

  /// A recorder of a training. What an earlier training has left in the folder is removed, unless this
  /// one goes on from a checkpoint.
  ///
  /// - Parameters:
  ///   - trainer: the training, before it runs.
  ///   - settings: how often, and how exactly.
  ///   - folder: where it goes; made where it is missing.
  /// - Throws: ``FineTuningError`` with code `invalidSettings` if a setting is out of its range; with
  ///   code `unwritableFile` if the folder cannot be made.
  public init(
    _ trainer: Trainer<Model>,
    settings: InfluenceSettings = InfluenceSettings(),
    folder: URL
  ) throws(FineTuningError) {
    try settings.validate()
    self.settings = settings
    self.folder = folder
    model = trainer.model
    optimizer = trainer.optimizer
    steps = Set(settings.steps(of: trainer.steps))
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      if trainer.optimizer.step == 0 {
        for file in InfluenceSnapshot.files(in: folder) {
          try FileManager.default.removeItem(at: file.url)
        }
      }
    } catch {
      throw .unwritable(folder, error)
    }
  }

  /// Keeps the parameters if it is time; to be called after each step.
  ///
  /// - Throws: ``FineTuningError`` with code `unwritableFile`.
  public func note(_ progress: TrainingProgress) throws(FineTuningError) {
    guard steps.contains(progress.step) else { return }
    try InfluenceSnapshot(optimizer, learningRate: progress.learningRate)
      .write(of: model.parameters, to: folder)
  }

  /// Takes the examples' gradients at the kept moments and writes them beside the parameters.
  ///
  /// Moments after the best evaluation are left out: the model that is kept did not go through them.
  /// Where none is left, as the training ended before the first, the last state is the one moment.
  ///
  /// - Parameters:
  ///   - result: how the training ended.
  ///   - examples: what was trained on, each with the identifier under which it is to be named.
  ///   - progress: called now and then with how many of how many gradients are done.
  /// - Returns: the index. The model has the parameters that it had, and gradients of zero.
  /// - Throws: ``FineTuningError`` with code `unwritableFile`; and what the model and `progress` throw.
  /// - Complexity: a pass there and back through the model for each example and moment; one moment's
  ///   projections, 4 · dimension · examples bytes, are in memory at a time.
  public func finish(
    _ result: TrainingResult,
    examples: [(identifier: String, batch: Model.Batch)],
    progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in }
  ) throws -> InfluenceIndex {
    let last = result.best?.step ?? result.step
    let files = InfluenceSnapshot.files(in: folder)
    var kept = files.filter { steps.contains($0.step) && $0.step <= last }
    if kept.isEmpty {
      let rate = result.curve.points.last?.learningRate ?? 0
      let snapshot = InfluenceSnapshot(optimizer, learningRate: rate)
      let url = try snapshot.write(of: model.parameters, to: folder)
      kept = [(snapshot.step, url)]
    }
    for file in files where !kept.contains(where: { $0.step == file.step }) {
      do { try FileManager.default.removeItem(at: file.url) } catch {
        throw FineTuningError.unwritable(file.url, error)
      }
    }
    let content = InfluenceIndex.Content(
      settings: settings,
      parameters: model.trainedCount,
      steps: kept.map(\.step),
      examples: examples.map(\.identifier)
    )
    try model.keepingParameters { try write(content, kept, examples.map(\.batch), progress) }
    return try InfluenceIndex(folder: folder)
  }

  /// Writes the directions of the examples, one moment after another.
  private func write(
    _ content: InfluenceIndex.Content,
    _ snapshots: [(step: Int, url: URL)],
    _ examples: [Model.Batch],
    _ progress: (_ done: Int, _ all: Int) throws -> Void
  ) throws {
    let sketch = GradientSketch(
      count: content.parameters,
      dimension: settings.dimension,
      seed: settings.seed
    )
    try withoutActuallyEscaping(progress) { progress in
      let tensors = snapshots.enumerated().map { index, file -> SafetensorsWriter.Tensor in
        (
          name: InfluenceIndex.tensor(ofStep: file.step),
          shape: [examples.count, settings.dimension],
          values: { [model] in
            let snapshot = try InfluenceSnapshot(file.url, of: model.parameters)
            let gradients = try ExampleGradients(model, at: snapshot, sketch)
            var rows: [Float] = []
            rows.reserveCapacity(examples.count * sketch.dimension)
            for (place, example) in examples.enumerated() {
              rows += try gradients.direction(of: example)
              try progress(index * examples.count + place + 1, snapshots.count * examples.count)
            }
            return rows
          }
        )
      }
      let file = folder.appendingPathComponent(InfluenceIndex.fileName)
      do {
        try SafetensorsWriter.write(
          tensors,
          as: .float16,
          metadata: try content.metadata(),
          to: file
        )
      } catch let error as LanguageModelError where error.code == .unwritableFile {
        throw FineTuningError.unwritable(file, error)
      }
    }
  }
}

extension FineTuningError {
  static func unwritable(_ place: URL, _ error: any Error) -> FineTuningError {
    FineTuningError(
      .unwritableFile,
      "What is kept to trace answers to training examples cannot be written.",
      subject: place.path,
      cause: (error as? LanguageModelError)?.cause ?? error.localizedDescription,
      remedy: "Make room on the disk and check that you may write there, or train without it."
    )
  }
}
