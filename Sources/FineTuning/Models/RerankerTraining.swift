import Kernels

/// An encoder that learns to tell passages that answer a question from those that do not.
public final class RerankerTraining: TrainableModel {
  /// The model, made to score pairs.
  public let encoder: TrainableEncoder

  /// - Parameter encoder: the model, made to score pairs.
  public init(_ encoder: TrainableEncoder) {
    self.encoder = encoder
  }

  /// What training changes.
  public var parameters: [Parameter] { encoder.parameters }

  /// Adds the gradient of scale · (sum of the pairs' losses).
  public func addGradients(of batch: PairBatch, scale: Double) throws -> LossSum {
    try encoder.pairLoss(batch.pairs, types: batch.types, labels: batch.labels, scale: scale)
  }

  /// The sum of the pairs' losses.
  public func loss(of batch: PairBatch) throws -> LossSum {
    try encoder.pairLoss(batch.pairs, types: batch.types, labels: batch.labels, scale: nil)
  }

  /// Packs what was made of the trained weights anew.
  public func parametersChanged() throws { try encoder.parametersChanged() }
}
