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
    mapped = try file.mappedFloats(name, shape: [rows, columns])
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
}
