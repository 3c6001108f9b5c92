/// Rows of floats in one block of memory, row after row without gaps.
///
/// Sendable without checks: the storage neither moves nor changes size. Operations write each row
/// from one thread only; a caller must not let two operations run on the same matrix at the same
/// time unless both only read it.
public final class Matrix: @unchecked Sendable {
  /// Number of rows.
  public let rows: Int
  /// Floats in each row.
  public let columns: Int

  private let buffer: FloatBuffer

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative sides")
    self.rows = rows
    self.columns = columns
    buffer = FloatBuffer(count: rows * columns)
  }

  /// A matrix whose values must each be written before they are read.
  package init(uninitializedRows rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative sides")
    self.rows = rows
    self.columns = columns
    buffer = FloatBuffer(count: rows * columns, isZeroed: false)
  }

  /// A matrix with the given values, row after row.
  ///
  /// - Throws: ``KernelError`` if there are not `rows · columns` values.
  public convenience init(rows: Int, columns: Int, values: [Float]) throws(KernelError) {
    guard values.count == rows * columns else {
      throw .shapes("matrix", "\(values.count) values", "[\(rows) × \(columns)]")
    }
    self.init(rows: rows, columns: columns)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  /// The values of one row.
  public func row(_ index: Int) -> [Float] {
    precondition((0..<rows).contains(index), "no such row")
    return Array(UnsafeBufferPointer(start: base + index * columns, count: columns))
  }

  /// Lets `body` read and write one row in place. The buffer is valid only during the call.
  public func withRow<Result>(
    _ index: Int,
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    precondition((0..<rows).contains(index), "no such row")
    return try body(UnsafeMutableBufferPointer(start: base + index * columns, count: columns))
  }

  /// Sets every value.
  public func fill(_ value: Float) {
    base.update(repeating: value, count: rows * columns)
  }

  /// The shape as text, for errors.
  public var shape: String { "[\(rows) × \(columns)]" }

  var base: UnsafeMutablePointer<Float> { buffer.base }
}
