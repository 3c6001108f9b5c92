import Kernels
public import LanguageModels

extension TrainableDecoder {
  /// The adapter as trained so far.
  ///
  /// - Throws: ``FineTuningError`` if all weights are trained; `LanguageModelError` if values are no
  ///   finite numbers.
  public func adapter() throws -> LowRankAdapter {
    guard case .lowRank(let settings) = method else {
      throw FineTuningError(
        .unsuitableModel,
        "All weights were trained: there is no adapter.",
        subject: "model",
        remedy: "Write the whole model."
      )
    }
    return try LowRankAdapter(parameters: parameters, settings: settings)
  }

  /// Starts from an adapter instead of from the model as it is.
  ///
  /// - Throws: ``FineTuningError`` if the adapter has not the layers and ranks that are trained.
  public func start(from adapter: LowRankAdapter) throws {
    guard case .lowRank(let settings) = method else { return }
    let layers = self.layers.flatMap(\.linears).flatMap(\.factors)
    guard Set(layers.map(\.path)) == Set(adapter.updates.keys) else {
      throw misfit("it updates other layers")
    }
    for factors in layers {
      guard let update = adapter.updates[factors.path], update.rank == factors.a.value.rows,
        update.inputs == factors.a.value.columns, update.outputs == factors.b.value.rows,
        update.scale == settings.scale, (update.magnitude != nil) == (factors.magnitude != nil)
      else { throw misfit("the layer \(factors.path) has another rank, scale or kind") }
      factors.a.value.fill(rows: update.a)
      factors.b.value.fill(rows: update.b)
      if let magnitude = update.magnitude { factors.magnitude?.value.fill(rows: magnitude) }
    }
    try parametersChanged()
  }

  private func misfit(_ reason: String) -> FineTuningError {
    FineTuningError(
      .unsuitableModel,
      "Training cannot go on from this adapter: \(reason).",
      subject: "adapter",
      remedy: "Use the settings that it was trained with, or begin a new one."
    )
  }

  /// How many numbers are trained, and how many stay as they are.
  public var counts: (trained: Int, frozen: Int) {
    let trained = parameters.reduce(0) { $0 + $1.value.rows * $1.value.columns }
    let configuration = base.configuration
    let weights = DecoderTensor.all(configuration).reduce(0) { sum, tensor in
      switch tensor.shape(configuration) {
      case .matrix(let inputs, let outputs): sum + inputs * outputs
      case .vector(let count): sum + count
      }
    }
    return (trained, method == .full ? 0 : weights)
  }

  /// Floats that one token leaves behind on the way forward, about, in bytes.
  public var activationBytesPerToken: Int {
    let c = base.configuration
    let layer =
      2 * c.hiddenSize + 2 * c.querySize + 2 * c.keyValueSize + 2 * c.intermediateSize
    return 4 * (recomputes ? (c.layers * c.hiddenSize + layer) : c.layers * layer)
  }
}

extension Matrix {
  /// Takes values row after row; the caller has checked their number.
  fileprivate func fill(rows values: [Float]) {
    for row in 0..<rows {
      withRow(row) { target in
        for column in target.indices { target[column] = values[row * columns + column] }
      }
    }
  }
}
