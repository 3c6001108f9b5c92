/// Rows of 32-bit floats in a mapped file.
///
/// Sendable without checks: the bytes belong to `owner`, which is mapped read only and kept alive
/// here.
struct MappedRows: @unchecked Sendable {
  private let bytes: UnsafeRawBufferPointer
  private let columns: Int
  private let owner: MappedFile

  /// - Parameters:
  ///   - bytes: the rows, of any alignment.
  ///   - columns: floats of a row.
  ///   - owner: the file they lie in.
  init(_ bytes: UnsafeRawBufferPointer, columns: Int, owner: MappedFile) {
    self.bytes = bytes
    self.columns = columns
    self.owner = owner
  }

  /// Writes one row, which the caller guarantees to be there, to `row` of `columns` floats.
  func write(_ index: Int, to row: UnsafeMutableBufferPointer<Float>) {
    let start = 4 * index * columns
    TensorConversion.convert(
      UnsafeRawBufferPointer(rebasing: bytes[start..<start + 4 * columns]),
      of: .float32,
      into: row
    )
  }
}
