import Foundation
import Kernels

extension Tape {
  /// The mean of each segment's rows.
  func mean(_ hidden: Variable, segments: [Range<Int>]) throws -> Variable {
    let result = Matrix(uninitializedRows: segments.count, columns: hidden.columns)
    for (index, segment) in segments.enumerated() {
      let mean = try kernels.mean(hidden.value, rows: segment)
      result.withRow(index) { row in
        for column in row.indices { row[column] = mean[column] }
      }
    }
    let output = Variable(result, isTracked: tracks(hidden))
    guard output.isTracked else { return output }
    record {
      guard let gradient = output.gradient else { return }
      let whole = hidden.summedGradient()
      for (index, segment) in segments.enumerated() {
        gradient.withRow(index) { part in
          for row in segment {
            whole.withRow(row) { row in
              for column in row.indices { row[column] += part[column] / Float(segment.count) }
            }
          }
        }
      }
    }
    return output
  }

  /// Some rows, one after another; a row of zeros for each nil.
  func rows(_ hidden: Variable, _ wanted: [Int?]) throws -> Variable {
    let result = Matrix(rows: wanted.count, columns: hidden.columns)
    for (index, row) in wanted.enumerated() {
      guard let row else { continue }
      try hidden.value.withRow(row) { values in
        result.withRow(index) { _ = $0.update(fromContentsOf: values) }
      }
    }
    let output = Variable(result, isTracked: tracks(hidden))
    guard output.isTracked else { return output }
    record {
      guard let gradient = output.gradient else { return }
      let whole = hidden.summedGradient()
      for (index, row) in wanted.enumerated() {
        guard let row else { continue }
        gradient.withRow(index) { part in
          whole.withRow(row) { row in
            for column in row.indices { row[column] += part[column] }
          }
        }
      }
    }
    return output
  }

  /// Each row divided by its length; a row of zeros stays.
  func unitRows(_ input: Variable) throws -> Variable {
    let result = Matrix(uninitializedRows: input.rows, columns: input.columns)
    var lengths: [Float] = []
    for row in 0..<input.rows {
      try input.value.withRow(row) { values in
        let square = values.reduce(0.0) { $0 + Double($1) * Double($1) }
        let length = Float(max(square.squareRoot(), 1e-12))
        lengths.append(length)
        result.withRow(row) { result in
          for column in result.indices { result[column] = values[column] / length }
        }
      }
    }
    let output = Variable(result, isTracked: tracks(input))
    guard output.isTracked else { return output }
    record {
      guard let gradient = output.gradient else { return }
      let whole = input.summedGradient()
      for row in 0..<input.rows {
        gradient.withRow(row) { gradient in
          result.withRow(row) { unit in
            // dx = (dy − y · (y · dy)) / |x|
            let along = Float(zip(unit, gradient).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
            whole.withRow(row) { sum in
              for column in sum.indices {
                sum[column] += (gradient[column] - unit[column] * along) / lengths[row]
              }
            }
          }
        }
      }
    }
    return output
  }

  /// The hyperbolic tangent of each value.
  func tanh(_ input: Variable) throws -> Variable {
    let result = Matrix(uninitializedRows: input.rows, columns: input.columns)
    for row in 0..<input.rows {
      try input.value.withRow(row) { values in
        result.withRow(row) { result in
          for column in result.indices { result[column] = tanhf(values[column]) }
        }
      }
    }
    let output = Variable(result, isTracked: tracks(input))
    guard output.isTracked else { return output }
    record {
      guard let gradient = output.gradient else { return }
      let whole = input.summedGradient()
      for row in 0..<input.rows {
        gradient.withRow(row) { gradient in
          result.withRow(row) { result in
            whole.withRow(row) { sum in
              for column in sum.indices {
                sum[column] += gradient[column] * (1 - result[column] * result[column])
              }
            }
          }
        }
      }
    }
    return output
  }
}
