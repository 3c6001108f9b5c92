import Kernels

/// Rows of floats looked up by token id, left in the mapped file where that is possible.
///
/// Sendable without checks: the bytes belong to `file`, which is mapped read only and kept alive
/// here; the values are constant.
package struct EmbeddingTable: @unchecked Sendable {
  private let file: SafetensorsFile
  private let mapped: UnsafeRawBufferPointer?
  private let values: [Float]
  private let columns: Int

  /// A table [rows × columns] of a weight file.
  ///
  /// - Throws: `LanguageModelError` if the weight is absent or of another shape or type.
  init(
    _ file: SafetensorsFile,
    _ name: String,
    rows: Int,
    columns: Int
  ) throws(LanguageModelError) {
    self.file = file
    self.columns = columns
    let stored = try file.mapped(name, shape: [rows, columns])
    mapped = stored.flatMap { $0.encoding == .f32 ? $0.bytes : nil }
    values = mapped == nil ? try file.floats(name, shape: [rows, columns]) : []
  }

  /// row = table[index] + other. The caller guarantees `index` and that both have `columns` floats.
  package func write(
    _ index: Int,
    plus other: UnsafeBufferPointer<Float>,
    to row: UnsafeMutableBufferPointer<Float>
  ) {
    let start = index * columns
    if let mapped {
      for column in 0..<columns {
        row[column] =
          mapped.loadUnaligned(fromByteOffset: 4 * (start + column), as: Float.self) + other[column]
      }
    } else {
      for column in 0..<columns { row[column] = values[start + column] + other[column] }
    }
  }

  /// output[i] = table · input[i] + bias for the given rows: the table as an output layer.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × columns].
  ///   - bias: one value per row of the table.
  ///   - rows: the rows to compute; few, as each reads the whole table.
  ///   - output: [≥ rows.upperBound × rows of the table].
  ///   - kernels: the kernels to use.
  ///   - pool: the threads to use.
  /// - Throws: `KernelError` if the shapes do not fit.
  func multiply(
    _ input: Matrix,
    bias: [Float],
    rows: Range<Int>,
    into output: Matrix,
    using kernels: KernelSet,
    pool: WorkerPool
  ) throws(KernelError) {
    if let mapped {
      try kernels.multiply(
        input,
        storedRows: mapped,
        bias: bias,
        rows: rows,
        into: output,
        pool: pool
      )
      return
    }
    let result = values.withUnsafeBytes { bytes in
      Result { () throws(KernelError) in
        try kernels.multiply(
          input,
          storedRows: bytes,
          bias: bias,
          rows: rows,
          into: output,
          pool: pool
        )
      }
    }
    try result.get()
  }
}
