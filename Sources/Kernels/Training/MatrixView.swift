/// Some rows and columns of a matrix.
public struct MatrixView: Sendable {
  /// The matrix.
  public let matrix: Matrix
  /// Which of its rows.
  public let rows: Range<Int>
  /// Which of its columns.
  public let columns: Range<Int>

  /// A part of a matrix. Whether it lies within the matrix is checked where it is used.
  ///
  /// - Parameters:
  ///   - matrix: the matrix.
  ///   - rows: which rows; all if `nil`.
  ///   - columns: which columns; all if `nil`.
  public init(_ matrix: Matrix, rows: Range<Int>? = nil, columns: Range<Int>? = nil) {
    self.matrix = matrix
    self.rows = rows ?? 0..<matrix.rows
    self.columns = columns ?? 0..<matrix.columns
  }

  /// The shape as text, for errors.
  public var shape: String {
    "[\(rows.count) × \(columns.count)] of \(matrix.shape)"
  }

  var isInside: Bool {
    rows.lowerBound >= 0 && rows.upperBound <= matrix.rows && columns.lowerBound >= 0
      && columns.upperBound <= matrix.columns
  }

  /// The first value; rows are `matrix.columns` floats apart.
  var base: UnsafeMutablePointer<Float> {
    matrix.base + rows.lowerBound * matrix.columns + columns.lowerBound
  }

  func overlaps(_ other: MatrixView) -> Bool {
    matrix === other.matrix && rows.overlaps(other.rows) && columns.overlaps(other.columns)
  }
}
