import Kernels

extension AnswerNetwork {
  /// A token and where it stands.
  struct PlacedToken {
    var id: Int32
    var position: Int
    var part: Part
  }

  /// hidden = LayerNorm(word + position + type) for consecutive rows from `first` on. The caller has
  /// checked ids and positions.
  func embed(
    _ tokens: [PlacedToken],
    first: Int,
    into hidden: Matrix
  ) throws(KernelError) {
    for (index, token) in tokens.enumerated() {
      hidden.withRow(first + index) { row in
        positions[token.part.rawValue].withRow(token.position) { other in
          words.write(Int(token.id), plus: UnsafeBufferPointer(other), to: row)
        }
      }
    }
    try normalize(hidden, rows: first..<first + tokens.count, embeddingNorm)
  }

  /// Runs one layer over some rows; `attend` reads `projections` and fills `scratch.context`.
  ///
  /// - Parameters:
  ///   - layer: the layer's weights.
  ///   - rows: the rows.
  ///   - scratch: the rows' states, replaced by the layer's result.
  ///   - projections: [≥ rows × 3 · hidden], gets query, key and value.
  ///   - attend: the attention.
  /// - Throws: `KernelError` if the shapes do not fit.
  func run(
    _ layer: BertLayer,
    rows: Range<Int>,
    _ scratch: AnswerScratch,
    projections: Matrix,
    attend: () throws(KernelError) -> Void
  ) throws(KernelError) {
    let hidden = scratch.hidden
    try apply(layer.projections, to: hidden, rows: rows, into: projections)
    try attend()
    try apply(
      layer.attentionOutput,
      to: scratch.context,
      residual: hidden,
      rows: rows,
      into: hidden
    )
    try normalize(hidden, rows: rows, layer.attentionNorm)
    try apply(layer.intermediate, to: hidden, gelu: true, rows: rows, into: scratch.intermediate)
    try apply(
      layer.output,
      to: scratch.intermediate,
      residual: hidden,
      rows: rows,
      into: hidden
    )
    try normalize(hidden, rows: rows, layer.outputNorm)
  }

  func apply(
    _ linear: BertLinear,
    to input: Matrix,
    gelu: Bool = false,
    residual: Matrix? = nil,
    rows: Range<Int>,
    into output: Matrix
  ) throws(KernelError) {
    try kernels.linear(
      input,
      linear.weights,
      bias: linear.bias,
      gelu: gelu,
      residual: residual,
      rows: rows,
      into: output,
      pool: pool
    )
  }

  func normalize(_ matrix: Matrix, rows: Range<Int>, _ norm: BertNorm) throws(KernelError) {
    try kernels.layerNorm(
      matrix,
      rows: rows,
      gamma: norm.gamma,
      beta: norm.beta,
      epsilon: configuration.layerNormEpsilon,
      pool: pool
    )
  }
}
