import Kernels

extension TrainableDecoder: TrainableModel {
  /// Adds the gradient of scale · (sum of the losses of a batch's learnt tokens).
  public func addGradients(of batch: PackedSequence, scale: Double) throws -> LossSum {
    try loss(of: batch, scale: scale)
  }

  /// The sum of the losses of a batch's learnt tokens.
  public func loss(of batch: PackedSequence) throws -> LossSum {
    try loss(of: batch, scale: nil)
  }
}
