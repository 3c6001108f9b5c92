import Kernels

/// The intermediate results of a forward pass, for up to `capacity` tokens.
struct EncoderScratch {
  /// [capacity × hidden]: the embeddings, then each layer's result.
  let hidden: Matrix
  /// [capacity × 3 · hidden]
  let projections: Matrix
  /// [capacity × hidden]
  let context: Matrix
  /// [capacity × intermediate]
  let intermediate: Matrix

  var capacity: Int { hidden.rows }

  init(_ configuration: BertConfiguration, capacity: Int) {
    hidden = Matrix(rows: capacity, columns: configuration.hiddenSize)
    projections = Matrix(rows: capacity, columns: 3 * configuration.hiddenSize)
    context = Matrix(rows: capacity, columns: configuration.hiddenSize)
    intermediate = Matrix(rows: capacity, columns: configuration.intermediateSize)
  }
}
