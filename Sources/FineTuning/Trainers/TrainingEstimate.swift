/// What a training will take, before it begins.
///
/// Time is tokens by speed. Where the speed was not measured it follows from the work: a weight takes
/// two operations per token on the way there, two for the gradient of its input on the way back, and
/// two more where its own gradient is taken (Kaplan et al. 2020, arXiv:2001.08361, section 2.1);
/// computing again on the way back adds the way there once more. Attention is not counted: below a few
/// thousand tokens it is a small part.
public struct TrainingEstimate: Sendable, Equatable, Codable {
  /// What is known about a training.
  public struct Basis: Sendable, Equatable, Codable {
    /// Weights that are used for each token and not trained.
    public var frozenParameters: Int
    /// Weights that are trained.
    public var trainedParameters: Int
    /// Tokens of all training examples.
    public var tokensPerEpoch: Int
    /// Times through the examples.
    public var epochs: Double
    /// Tokens of the validation data, and how often it is run over.
    public var validationTokens = 0
    /// How often the validation data is run over.
    public var evaluations = 0
    /// Bytes of a frozen weight: 4 in 32-bit floats, about 1.1 in 8 bits.
    public var bytesPerFrozenWeight = 4.0
    /// Bytes of a trained weight: its value, gradient, two means and a kept copy. Where all weights are
    /// trained, the model as it came and the copy that is multiplied with take 8 more.
    public var bytesPerTrainedWeight = 20.0
    /// Tokens that go through the model at once.
    public var tokensPerPass: Int
    /// Bytes that are kept of a token on the way there for the way back.
    public var activationBytesPerToken: Int
    /// Whether layers are computed again on the way back.
    public var recomputes = false

    /// What is known about a training.
    public init(
      frozenParameters: Int,
      trainedParameters: Int,
      tokensPerEpoch: Int,
      epochs: Double,
      tokensPerPass: Int,
      activationBytesPerToken: Int
    ) {
      self.frozenParameters = frozenParameters
      self.trainedParameters = trainedParameters
      self.tokensPerEpoch = tokensPerEpoch
      self.epochs = epochs
      self.tokensPerPass = tokensPerPass
      self.activationBytesPerToken = activationBytesPerToken
    }

    /// Operations of training on a token.
    public var operationsPerToken: Double {
      let (frozen, trained) = (Double(frozenParameters), Double(trainedParameters))
      return 4 * frozen + 6 * trained + (recomputes ? 2 * (frozen + trained) : 0)
    }

    /// Operations of a validation token: the way there alone.
    var operationsPerValidationToken: Double {
      2 * (Double(frozenParameters) + Double(trainedParameters))
    }

    /// Bytes at the peak: frozen weights, trained ones with all that belongs to them, what a pass keeps.
    public var bytes: Double {
      Double(frozenParameters) * bytesPerFrozenWeight + Double(trainedParameters)
        * bytesPerTrainedWeight
        + Double(tokensPerPass) * Double(activationBytesPerToken)
    }
  }

  /// Seconds of the whole training.
  public var seconds: Double
  /// Bytes at the peak.
  public var bytes: Double
  /// Watt-hours; nil where the watts are not known.
  public var wattHours: Double?

  /// An estimate.
  ///
  /// - Parameters:
  ///   - basis: what is known about the training.
  ///   - tokensPerSecond: the speed of training, measured or known.
  ///   - watts: what the machine takes while it computes.
  public init(_ basis: Basis, tokensPerSecond: Double, watts: Double? = nil) {
    let tokens = Double(basis.tokensPerEpoch) * basis.epochs
    // Validation runs at the same operations per second.
    let share = basis.operationsPerValidationToken / max(1, basis.operationsPerToken)
    let validation = Double(basis.validationTokens) * Double(basis.evaluations) * share
    seconds = tokensPerSecond > 0 ? (tokens + validation) / tokensPerSecond : .infinity
    bytes = basis.bytes
    wattHours = watts.map { [seconds] in $0 * seconds / 3600 }
  }

  /// An estimate from the machine's speed of arithmetic.
  public init(_ basis: Basis, operationsPerSecond: Double, watts: Double? = nil) {
    self.init(
      basis,
      tokensPerSecond: operationsPerSecond / max(1, basis.operationsPerToken),
      watts: watts
    )
  }
}
