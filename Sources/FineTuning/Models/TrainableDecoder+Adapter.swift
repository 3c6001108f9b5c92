import Kernels
public import LanguageModels

extension TrainableDecoder {
  /// The adapter as trained so far.
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
    try method.start(layers.flatMap(\.linears).flatMap(\.factors), from: adapter)
    try parametersChanged()
  }

  /// How many numbers are trained, and how many stay as they are.
  public var counts: (trained: Int, frozen: Int) {
    (parameters.numberCount, method == .full ? 0 : Self.weightCount(base.configuration))
  }

  /// Floats that one token leaves behind on the way forward, about, in bytes.
  public var activationBytesPerToken: Int {
    let c = base.configuration
    let layer =
      2 * c.hiddenSize + 2 * c.querySize + 2 * c.keyValueSize + 2 * c.intermediateSize
    return 4 * (recomputes ? (c.layers * c.hiddenSize + layer) : c.layers * layer)
  }
}
