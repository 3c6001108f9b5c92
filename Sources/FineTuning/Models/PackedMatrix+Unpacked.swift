import Kernels

extension PackedMatrix {
  /// The weights as a matrix [outputs × inputs].
  func unpacked() -> Matrix {
    let rows = Matrix(uninitializedRows: outputs, columns: inputs)
    for index in 0..<outputs {
      let values = row(index)
      rows.withRow(index) { row in
        for column in row.indices { row[column] = values[column] }
      }
    }
    return rows
  }
}
