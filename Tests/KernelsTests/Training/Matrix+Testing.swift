import Kernels
import TestSupport

extension Matrix {
  /// Normally distributed values.
  convenience init(
    rows: Int,
    columns: Int,
    using random: inout SplitMix64,
    scale: Float = 1
  ) throws {
    try self.init(
      rows: rows,
      columns: columns,
      values: random.floats(rows * columns, scale: scale)
    )
  }

  /// The values of each row.
  var doubles: [[Double]] { (0..<rows).map { row($0).map(Double.init) } }

  /// All values, row after row.
  var flat: [Double] { doubles.flatMap(\.self) }
}

extension MatrixView {
  /// The values of each row of the view.
  var doubles: [[Double]] { rows.map { matrix.row($0)[columns].map(Double.init) } }
}

/// Splits values into rows.
func rows(_ values: [Double], of count: Int) -> [[Double]] {
  stride(from: 0, to: values.count, by: count).map { Array(values[$0..<$0 + count]) }
}
