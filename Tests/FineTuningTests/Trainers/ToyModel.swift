import FineTuning
import Foundation
import Kernels
import TestSupport

/// The smallest language model that has matrices, a bias and a bend: the next token from the one
/// before, softmax(W · tanh(E[token]) + b), with its gradient written out.
final class ToyModel: TrainableModel {
  static let vocabulary = 13
  static let width = 5

  let embeddings: Parameter
  let output: Parameter
  let bias: Parameter
  var parameters: [Parameter] { [embeddings, output, bias] }

  /// Called before each batch that is learnt from, with the number of batches before it; what it
  /// returns is added to the loss.
  var onBatch: (Int) throws -> Double = { _ in 0 }
  private(set) var batches = 0
  /// How often the parameters were said to have changed.
  private(set) var changes = 0

  init(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func matrix(_ rows: Int, _ columns: Int) throws -> Matrix {
      let values = (0..<rows * columns).map { _ in Float(random.normal() * 0.5) }
      return try Matrix(rows: rows, columns: columns, values: values)
    }
    embeddings = Parameter("embeddings", try matrix(Self.vocabulary, Self.width))
    output = Parameter("output", try matrix(Self.vocabulary, Self.width))
    bias = Parameter("bias", try matrix(1, Self.vocabulary), isDecayed: false)
  }

  func addGradients(of batch: PackedSequence, scale: Double) throws -> LossSum {
    let extra = try onBatch(batches)
    batches += 1
    var loss = run(batch, scale: Float(scale))
    loss.sum += extra
    return loss
  }

  func loss(of batch: PackedSequence) throws -> LossSum { run(batch, scale: nil) }

  func parametersChanged() { changes += 1 }

  private func run(_ batch: PackedSequence, scale: Float?) -> LossSum {
    var sum = 0.0
    for (place, target) in zip(batch.targetPlaces, batch.targets) {
      let token = Int(batch.tokens[place])
      let hidden = embeddings.value.row(token).map { tanh($0) }
      var odds = bias.value.row(0)
      for index in odds.indices {
        odds[index] += zip(output.value.row(index), hidden).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let highest = odds.max() ?? 0
      odds = odds.map { exp($0 - highest) }
      let total = odds.reduce(0, +)
      sum -= log(Double(odds[Int(target)] / total))
      guard let scale else { continue }
      var slopes = [Float](repeating: 0, count: Self.width)
      for index in odds.indices {
        let slope = scale * (odds[index] / total - (index == Int(target) ? 1 : 0))
        bias.gradient.withRow(0) { $0[index] += slope }
        let row = output.value.row(index)
        output.gradient.withRow(index) { gradient in
          for column in hidden.indices {
            gradient[column] += slope * hidden[column]
            slopes[column] += slope * row[column]
          }
        }
      }
      embeddings.gradient.withRow(token) { gradient in
        for column in hidden.indices {
          gradient[column] += slopes[column] * (1 - hidden[column] * hidden[column])
        }
      }
    }
    return LossSum(sum: sum, count: batch.targets.count)
  }
}
