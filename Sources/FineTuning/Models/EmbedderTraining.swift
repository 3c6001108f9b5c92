import Kernels

/// An encoder that learns to bring questions close to the passages that answer them.
public final class EmbedderTraining: TrainableModel {
  /// The model.
  public let encoder: TrainableEncoder
  /// What cosines are divided by: the smaller, the more the closest wrong passage counts.
  public let temperature: Float
  /// Whether a text's vector is that of its first token, not the mean of all.
  public let takesFirstToken: Bool

  /// - Parameters:
  ///   - encoder: the model.
  ///   - temperature: what cosines are divided by.
  ///   - takesFirstToken: whether a text's vector is that of its first token, not the mean of all.
  public init(
    _ encoder: TrainableEncoder,
    temperature: Float = 0.05,
    takesFirstToken: Bool = false
  ) {
    self.encoder = encoder
    self.temperature = temperature
    self.takesFirstToken = takesFirstToken
  }

  /// What training changes.
  public var parameters: [Parameter] { encoder.parameters }

  /// Adds the gradient of scale · (sum of the questions' losses).
  public func addGradients(of batch: RankingBatch, scale: Double) throws -> LossSum {
    try loss(of: batch, scale: scale)
  }

  /// The sum of the questions' losses.
  public func loss(of batch: RankingBatch) throws -> LossSum {
    try loss(of: batch, scale: nil)
  }

  private func loss(of batch: RankingBatch, scale: Double?) throws -> LossSum {
    try encoder.rankingLoss(
      questions: batch.questions,
      passages: batch.passages,
      excluded: batch.excluded,
      temperature: temperature,
      takesFirstToken: takesFirstToken,
      scale: scale
    )
  }

  /// Packs what was made of the trained weights anew.
  public func parametersChanged() throws { try encoder.parametersChanged() }
}
