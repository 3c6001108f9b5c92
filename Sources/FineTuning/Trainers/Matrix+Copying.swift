import Kernels

extension Matrix {
  /// All values, row after row.
  var values: [Float] {
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for index in 0..<rows { withRow(index) { values.append(contentsOf: $0) } }
    return values
  }

  /// Takes values, row after row; there must be as many as places.
  func fill(from values: [Float]) {
    precondition(values.count == rows * columns, "as many values as places")
    for index in 0..<rows {
      withRow(index) { row in
        for column in row.indices { row[column] = values[index * columns + column] }
      }
    }
  }

  /// Takes the values of a matrix of the same shape.
  func copy(_ other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "the same shape")
    for index in 0..<rows {
      withRow(index) { row in
        other.withRow(index) { _ = row.update(fromContentsOf: $0) }
      }
    }
  }
}
