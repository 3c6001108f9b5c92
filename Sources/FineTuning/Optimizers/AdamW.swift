public import Kernels

/// AdamW over the parameters of a model (Loshchilov & Hutter 2019, arXiv:1711.05101), as
/// `torch.optim.AdamW` computes it. Norms and biases are not decayed.
///
/// Used by one thread at a time.
public final class AdamW {
  /// What is trained, always in the same order.
  public let parameters: [Parameter]
  /// The constants.
  public let settings: AdamWSettings
  /// How many steps were taken.
  public internal(set) var step = 0
  /// The means of the gradients, one for each parameter, of its shape.
  public let first: [Matrix]
  /// The means of the squared gradients, one for each parameter, of its shape.
  public let second: [Matrix]

  private let kernels: KernelSet
  private let pool: WorkerPool

  /// An optimizer that has taken no step.
  public init(
    _ parameters: [Parameter],
    settings: AdamWSettings = AdamWSettings(),
    kernels: KernelSet,
    pool: WorkerPool = .shared
  ) {
    self.parameters = parameters
    self.settings = settings
    self.kernels = kernels
    self.pool = pool
    first = parameters.map { Matrix(rows: $0.value.rows, columns: $0.value.columns) }
    second = parameters.map { Matrix(rows: $0.value.rows, columns: $0.value.columns) }
  }

  /// The length of all gradients taken as one vector. Summed in Double, in a fixed order.
  public func gradientNorm() -> Double {
    parameters.reduce(0) { $0 + kernels.sumOfSquares($1.gradient, pool: pool) }.squareRoot()
  }

  /// Sets all gradients to zero.
  public func clearGradients() {
    for parameter in parameters { parameter.gradient.fill(0) }
  }

  /// Changes the parameters by one step against their gradients.
  ///
  /// - Parameters:
  ///   - learningRate: the learning rate of this step.
  ///   - gradientScale: multiplies the gradients: for clipping and for the mean over targets.
  /// - Throws: `KernelError` if a parameter and its gradient have different shapes.
  public func takeStep(learningRate: Double, gradientScale: Double = 1) throws(KernelError) {
    step += 1
    for (index, parameter) in parameters.enumerated() {
      let numbers = AdamWStep(
        learningRate: learningRate,
        beta1: settings.beta1,
        beta2: settings.beta2,
        epsilon: settings.epsilon,
        weightDecay: parameter.isDecayed ? settings.weightDecay : 0,
        step: step,
        gradientScale: gradientScale
      )
      try kernels.adamW(
        parameter.value,
        gradient: parameter.gradient,
        first: first[index],
        second: second[index],
        numbers,
        pool: pool
      )
    }
  }

  /// The factor that brings a gradient of this length to at most `limit`, as PyTorch's
  /// `clip_grad_norm_` has it; 1 without a limit.
  public static func clippingFactor(norm: Double, limit: Double?) -> Double {
    guard let limit else { return 1 }
    return min(1, limit / (norm + 1e-6))
  }
}
