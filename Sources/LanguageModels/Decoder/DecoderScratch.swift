import Kernels

/// The intermediate results of a forward pass, for up to `capacity` tokens.
struct DecoderScratch: Sendable {
  /// [capacity × hidden]: the residual stream.
  let hidden: Matrix
  /// [capacity × hidden]: what goes into a block, normalised; then what comes out of it.
  let normed: Matrix
  /// [capacity × queries, keys, values]
  let projections: Matrix
  /// [capacity × queries]
  let context: Matrix
  /// [capacity × gate, up]
  let gateUp: Matrix
  /// [capacity × intermediate]
  let activated: Matrix
  /// What goes into a quantised matrix; `nil` where there is none.
  let activations: QuantizedActivations?

  var capacity: Int { hidden.rows }

  init(_ configuration: DecoderConfiguration, precision: WeightPrecision, capacity: Int) {
    let projections = configuration.querySize + 2 * configuration.keyValueSize
    hidden = Matrix(rows: capacity, columns: configuration.hiddenSize)
    normed = Matrix(rows: capacity, columns: configuration.hiddenSize)
    self.projections = Matrix(rows: capacity, columns: projections)
    context = Matrix(rows: capacity, columns: configuration.querySize)
    gateUp = Matrix(rows: capacity, columns: 2 * configuration.intermediateSize)
    activated = Matrix(rows: capacity, columns: configuration.intermediateSize)
    let widest = max(
      configuration.hiddenSize,
      configuration.querySize,
      configuration.intermediateSize
    )
    activations =
      precision == .float32 ? nil : QuantizedActivations(capacity: capacity, widest: widest)
  }

  /// The floats of one token.
  static func floatsPerToken(_ configuration: DecoderConfiguration) -> Int {
    // The quantised activations take less than the widest row.
    3 * configuration.hiddenSize + 2 * configuration.querySize + 2 * configuration.keyValueSize
      + 4 * configuration.intermediateSize
  }
}
