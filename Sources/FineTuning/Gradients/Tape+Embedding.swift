import Kernels

extension Tape {
  /// The rows of trained tables that belong to some tokens, multiplied by a factor.
  ///
  /// - Parameters:
  ///   - table: [vocabulary × columns].
  ///   - tokens: the rows wanted; the caller has checked that they are there.
  ///   - factor: multiplies the rows.
  /// - Returns: a row for each token.
  func embedding(_ table: Parameter, _ tokens: [Int], factor: Float = 1) -> Variable {
    let result = Matrix(uninitializedRows: tokens.count, columns: table.value.columns)
    for (row, token) in tokens.enumerated() {
      table.value.withRow(token) { values in
        result.withRow(row) { result in
          for column in result.indices { result[column] = values[column] * factor }
        }
      }
    }
    let output = Variable(result, isTracked: isRecording)
    guard output.isTracked else { return output }
    record {
      guard let gradient = output.gradient else { return }
      for (row, token) in tokens.enumerated() {
        gradient.withRow(row) { gradient in
          table.gradient.withRow(token) { sum in
            for column in sum.indices { sum[column] += gradient[column] * factor }
          }
        }
      }
    }
    return output
  }
}
