/// Low-rank updates of layers that share their input, laid out for multiplication: to each range of
/// the outputs is added B · A · input.
public struct LowRankMatrices: Sendable {
  /// The update of one range of the outputs.
  struct Part: Sendable {
    /// Where the range begins.
    let column: Int
    /// Where its low-rank values begin.
    let middle: Int
    /// B: [rank → outputs].
    let up: PackedMatrix
  }

  /// The first factors, in floats or quantised.
  enum Down: Sendable {
    case float(PackedMatrix)
    case quantized(QuantizedMatrix)
  }

  /// All A, one under the other: [inputs → sum of the ranks].
  let down: Down
  let parts: [Part]

  /// Length of the vectors that go in.
  public let inputs: Int
  /// The ranks together.
  public let rank: Int

  /// Packs updates.
  ///
  /// - Parameters:
  ///   - inputs: length of the vectors that go in.
  ///   - updates: the first output of each, its rank, A [rank × inputs] and B [outputs × rank], row
  ///     after row, B with all factors in it.
  ///   - format: how A is quantised, to be multiplied with the quantised activations that the layers
  ///     themselves take; floats if `nil`. B, which has few inputs, is always floats.
  ///   - kernels: the kernels that pack.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the values do not fit the sides.
  public init(
    inputs: Int,
    updates: [(column: Int, rank: Int, a: [Float], b: [Float])],
    as format: QuantizedFormat? = nil,
    using kernels: KernelSet,
    pool: WorkerPool
  ) throws(KernelError) {
    var rows: [Float] = []
    var parts: [Part] = []
    var middle = 0
    for update in updates {
      guard update.rank >= 1, update.a.count == update.rank * inputs, update.column >= 0,
        update.b.count % update.rank == 0
      else {
        throw .shapes(
          "low-rank update",
          "A of \(update.a.count) and B of \(update.b.count) values",
          "rank \(update.rank) of \(inputs) inputs"
        )
      }
      rows += update.a
      parts.append(
        Part(
          column: update.column,
          middle: middle,
          up: try PackedMatrix(
            rows: update.b,
            inputs: update.rank,
            outputs: update.b.count / update.rank,
            using: kernels
          )
        )
      )
      middle += update.rank
    }
    self.inputs = inputs
    rank = middle
    self.parts = parts
    guard let format else {
      down = .float(try PackedMatrix(rows: rows, inputs: inputs, outputs: middle, using: kernels))
      return
    }
    let builder = try QuantizedMatrixBuilder(
      inputs: inputs,
      outputs: middle,
      format: format,
      using: kernels,
      pool: pool
    )
    try builder.append(rows)
    down = .quantized(try builder.finish())
  }
}
