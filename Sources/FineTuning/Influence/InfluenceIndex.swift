public import Foundation
import LanguageModels

/// Names the training examples that shaped what a model says: TracIn (Pruthi et al. 2020,
/// arXiv 2002.08484) on the weights that were trained.
///
/// What an example's step does to the loss of an answer is, to first order, the product of both
/// gradients. It is taken at several moments of the training, in the metric of AdamW, on projections of
/// the gradients, and divided by their lengths: without this, a few examples with long gradients would
/// be named for every answer.
public final class InfluenceIndex {
  /// The folder with the index and the moments.
  public let folder: URL
  /// The identifiers of the examples, in their order.
  public var examples: [String] { content.examples }
  /// After which steps the moments are.
  public var steps: [Int] { content.steps }

  private let content: Content
  private let file: SafetensorsFile

  static let fileName = "influence.safetensors"

  static func tensor(ofStep step: Int) -> String { "step-\(step)" }

  /// Whether there is an index in a folder.
  public static func exists(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(fileName).path)
  }

  /// Opens the index that an ``InfluenceRecorder`` has written into a folder.
  ///
  /// - Throws: ``FineTuningError`` with code `unusableInfluence` if it is absent or damaged.
  public init(folder: URL) throws(FineTuningError) {
    self.folder = folder
    let url = folder.appendingPathComponent(Self.fileName)
    do { file = try SafetensorsFile(url) } catch {
      throw .unusableInfluence(url, "The index of influence cannot be read.", cause: error.message)
    }
    content = try Content(file.metadata, of: url)
    for step in content.steps {
      let shape = file.description(of: Self.tensor(ofStep: step))?.shape
      guard shape == [content.examples.count, content.settings.dimension] else {
        throw .unusableInfluence(url, "The index of influence is not whole.")
      }
    }
  }

  /// How much each example shaped what the model says, in the examples' order: the mean over the
  /// moments of the cosines between its gradient and that of the answer.
  ///
  /// - Parameters:
  ///   - answer: a batch of one: the question with the answer, of which the answer is marked as learnt.
  ///   - model: a model with the parameters that were trained, from the same base. Its values stay as
  ///     they are; its gradients are zero afterwards.
  /// - Returns: a number for each example, from -1 to 1.
  /// - Throws: ``FineTuningError`` with code `unusableInfluence` if the index is damaged or of another
  ///   model, with code `invalidExample` if nothing in the answer is learnt; and what the model throws.
  /// - Complexity: a pass through the model for each moment, and O(examples · dimension · moments).
  public func scores<Model: TrainableModel>(
    of answer: Model.Batch,
    by model: Model
  ) throws -> [Double] {
    guard model.trainedCount == content.parameters else {
      throw FineTuningError.unusableInfluence(
        folder,
        "The index is of \(content.parameters) trained values, the model has \(model.trainedCount)."
      )
    }
    let sketch = GradientSketch(
      count: content.parameters,
      dimension: content.settings.dimension,
      seed: content.settings.seed
    )
    return try model.keepingParameters {
      var scores = [Double](repeating: 0, count: examples.count)
      for step in content.steps {
        let snapshot = try InfluenceSnapshot(
          InfluenceSnapshot.file(ofStep: step, in: folder),
          of: model.parameters
        )
        let direction = try ExampleGradients(model, at: snapshot, sketch).direction(of: answer)
        guard direction.contains(where: { $0 != 0 }) else {
          throw FineTuningError(
            .invalidExample,
            "The answer has nothing that the model could have learnt.",
            subject: "answer",
            remedy: "Give the answer's tokens, marked as learnt."
          )
        }
        try add(products(with: direction, ofStep: step), to: &scores)
      }
      return scores.map { $0 / Double(content.steps.count) }
    }
  }

  /// The examples that shaped most what the model says, the strongest first; equal ones in their order.
  ///
  /// - Parameters:
  ///   - answer: as for ``scores(of:by:)``.
  ///   - model: as for ``scores(of:by:)``.
  ///   - count: how many examples.
  /// - Returns: at most so many examples, with their scores.
  /// - Throws: as ``scores(of:by:)``.
  public func topExamples<Model: TrainableModel>(
    of answer: Model.Batch,
    by model: Model,
    count: Int
  ) throws -> [InfluentialExample] {
    let scores = try scores(of: answer, by: model)
    return scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(max(0, count))
      .map { InfluentialExample(identifier: examples[$0], place: $0, score: scores[$0]) }
  }

  private func add(_ values: [Double], to scores: inout [Double]) {
    for (index, value) in values.enumerated() { scores[index] += value }
  }

  /// The products of the examples' directions with another; some rows are in memory at a time.
  private func products(with direction: [Float], ofStep step: Int) throws -> [Double] {
    var products: [Double] = []
    let width = direction.count
    for start in stride(from: 0, to: examples.count, by: 256) {
      let rows = start..<min(start + 256, examples.count)
      let values = try file.floats(Self.tensor(ofStep: step), rows: rows)
      for row in 0..<rows.count {
        var sums = SIMD8<Float>()
        var rest = 0.0
        var column = 0
        let offset = row * width
        while column + 8 <= width {
          var a = SIMD8<Float>()
          var b = SIMD8<Float>()
          for lane in 0..<8 {
            a[lane] = values[offset + column + lane]
            b[lane] = direction[column + lane]
          }
          sums += a * b
          column += 8
        }
        while column < width {
          rest += Double(values[offset + column]) * Double(direction[column])
          column += 1
        }
        products.append(Double(sums.sum()) + rest)
      }
    }
    guard products.allSatisfy(\.isFinite) else {
      throw FineTuningError.unusableInfluence(folder, "Some values of the index are no numbers.")
    }
    return products
  }
}
