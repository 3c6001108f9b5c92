import Kernels

extension Tape {
  /// A vector added to some of the rows.
  ///
  /// - Parameters:
  ///   - vector: as long as a row.
  ///   - hidden: all rows.
  ///   - rows: those it is added to.
  /// - Returns: all rows.
  /// - Throws: `KernelError` if shapes do not fit.
  func add(
    _ vector: TrainableVector,
    to hidden: Variable,
    rows: [Int]
  ) throws -> Variable {
    let values = vector.values
    let result = copy(try hidden.value, columns: 0..<hidden.columns)
    for row in rows {
      result.withRow(row) { row in
        for column in row.indices { row[column] += values[column] }
      }
    }
    let output = Variable(result, isTracked: tracks(hidden, parameters: vector.isTrained))
    guard output.isTracked else { return output }
    record { [self] in
      guard let gradient = output.gradient else { return }
      for row in rows {
        guard let sum = vector.gradient else { break }
        gradient.withRow(row) { gradient in
          sum.withRow(0) { sum in
            for column in sum.indices { sum[column] += gradient[column] }
          }
        }
      }
      try hidden.give(gradient, self)
    }
    return output
  }
}
