import Kernels

/// Where the embedding of a token is looked up.
enum EmbeddingRows: Sendable {
  /// Rows of a weight file, which stays mapped.
  case source(any WeightSource, String)
  /// Rows of 32-bit floats in a packed file, which stays mapped.
  case mapped(MappedRows)
  /// Outputs of a matrix of 32-bit floats that is the output weights too.
  case packed(PackedMatrix)
  /// Outputs of a quantised matrix, perhaps the same as the output weights.
  case quantized(QuantizedMatrix)

  /// Writes the embedding of a token. The caller has checked the token and the length of `row`.
  ///
  /// - Throws: `LanguageModelError` if the weights cannot be read.
  func write(
    _ token: Int,
    to row: UnsafeMutableBufferPointer<Float>
  ) throws(LanguageModelError) {
    switch self {
    case .source(let source, let name):
      try source.read(name, rows: token..<token + 1, into: row)
    case .mapped(let rows):
      rows.write(token, to: row)
    case .packed(let matrix):
      _ = row.update(fromContentsOf: matrix.row(token))
    case .quantized(let matrix):
      do {
        try matrix.dequantizeRow(token, into: row)
      } catch {
        throw LanguageModelError(error, subject: "embedding")
      }
    }
  }
}
