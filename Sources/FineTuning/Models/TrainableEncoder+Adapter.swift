import Kernels
public import LanguageModels

extension TrainableEncoder {
  /// The adapter as trained so far, without the head's last layer, which is trained whole.
  ///
  /// - Throws: ``FineTuningError`` if all weights are trained; `LanguageModelError` if values are no
  ///   finite numbers.
  public func adapter() throws -> LowRankAdapter {
    try method.adapter(of: parameters)
  }

  /// Starts from an adapter instead of from the model as it is.
  ///
  /// - Throws: ``FineTuningError`` if the adapter has not the layers and ranks that are trained.
  public func start(from adapter: LowRankAdapter) throws {
    try method.start(linears.flatMap(\.factors), from: adapter)
    try parametersChanged()
  }

  /// How many numbers are trained, and how many stay as they are.
  public var counts: (trained: Int, frozen: Int) {
    let embedded =
      (configuration.vocabularySize + configuration.maximumPositions + configuration.tokenTypes)
      * configuration.hiddenSize
    let weights = linears.reduce(embedded) { $0 + $1.inputs * $1.outputs }
    return (parameters.numberCount, method == .full ? 0 : weights)
  }

  /// Floats that one token leaves behind on the way forward, about, in bytes.
  public var activationBytesPerToken: Int {
    let c = configuration
    let layer = 10 * c.hiddenSize + 2 * c.intermediateSize
    return 4 * (recomputes ? c.layers * c.hiddenSize + layer : c.layers * layer)
  }
}
