import Foundation

/// What the kernels compute, written plainly in double precision.
enum Reference {
  /// input [m × k] · weightsᵀ [n × k] and, per element, Σ |a| |b| to measure errors against.
  static func product(
    _ input: [Float],
    _ weights: [Float],
    m: Int,
    n: Int,
    k: Int
  ) -> (values: [Double], magnitudes: [Double]) {
    var values = [Double](repeating: 0, count: m * n)
    var magnitudes = values
    for row in 0..<m {
      for column in 0..<n {
        for index in 0..<k {
          let term = Double(input[row * k + index]) * Double(weights[column * k + index])
          values[row * n + column] += term
          magnitudes[row * n + column] += abs(term)
        }
      }
    }
    return (values, magnitudes)
  }

  static func gelu(_ x: Double) -> Double {
    0.5 * x * (1 + erf(x / 2.0.squareRoot()))
  }

  static func softmax(_ row: [Double]) -> [Double] {
    let highest = row.max() ?? 0
    let powers = row.map { exp($0 - highest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  static func layerNorm(
    _ row: [Float],
    gamma: [Float],
    beta: [Float],
    epsilon: Double
  ) -> [Double] {
    let mean = row.reduce(0) { $0 + Double($1) } / Double(row.count)
    let variance =
      row.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(row.count)
    return row.indices.map {
      (Double(row[$0]) - mean) / (variance + epsilon).squareRoot() * Double(gamma[$0])
        + Double(beta[$0])
    }
  }

  /// Attention for one sequence: rows of query, key and value side by side, heads side by side in
  /// each.
  static func attention(_ rows: [[Float]], heads: Int) -> [[Double]] {
    let columns = (rows.first?.count ?? 0) / 3
    let size = columns / heads
    var context = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows.count)
    for head in 0..<heads {
      for token in rows.indices {
        let scores = rows.indices.map { other in
          (0..<size).reduce(0.0) {
            $0 + Double(rows[token][head * size + $1])
              * Double(rows[other][columns + head * size + $1])
          } / Double(size).squareRoot()
        }
        for (other, weight) in softmax(scores).enumerated() {
          for index in 0..<size {
            context[token][head * size + index] +=
              weight * Double(rows[other][2 * columns + head * size + index])
          }
        }
      }
    }
    return context
  }
}
