/// A model as a trainer sees it: parameters, and the loss of a batch with its gradient.
public protocol TrainableModel: AnyObject {
  /// What one forward and backward pass takes.
  associatedtype Batch

  /// What training changes, always in the same order.
  var parameters: [Parameter] { get }

  /// Runs the model on a batch and adds the gradient of scale · (sum of the batch's losses) to the
  /// parameters' gradients. Deterministic: the same values and batch give the same bits.
  ///
  /// - Returns: the sum of the losses, not scaled, and over how many targets.
  func addGradients(of batch: Batch, scale: Double) throws -> LossSum

  /// The loss alone.
  func loss(of batch: Batch) throws -> LossSum

  /// Called after the parameters' values were changed, so that what was made from them is made anew.
  func parametersChanged() throws
}

/// Losses summed over targets.
public struct LossSum: Sendable, Equatable {
  /// The sum over the targets, in nats.
  public var sum: Double
  /// How many targets: tokens, or questions.
  public var count: Int

  /// A sum over some targets.
  public init(sum: Double = 0, count: Int = 0) {
    self.sum = sum
    self.count = count
  }

  /// The mean loss of a target; not a number where there is none.
  public var mean: Double { sum / Double(count) }

  /// Both sums together.
  public static func + (a: LossSum, b: LossSum) -> LossSum {
    LossSum(sum: a.sum + b.sum, count: a.count + b.count)
  }
}
