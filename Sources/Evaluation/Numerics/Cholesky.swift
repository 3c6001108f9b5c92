/// Solves small symmetric positive definite systems.
enum Cholesky {
  /// The x with A·x = b, from the lower triangle of A (n × n, row by row) by A = L·Lᵀ; nil where A is
  /// not positive definite.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let size = right.count
    var lower = matrix
    for row in 0..<size {
      for column in 0...row {
        var value = matrix[row][column]
        for k in 0..<column { value -= lower[row][k] * lower[column][k] }
        if row == column {
          guard value > 0 else { return nil }
          lower[row][row] = value.squareRoot()
        } else {
          lower[row][column] = value / lower[column][column]
        }
      }
    }
    var solution = right
    for row in 0..<size {
      for k in 0..<row { solution[row] -= lower[row][k] * solution[k] }
      solution[row] /= lower[row][row]
    }
    for row in (0..<size).reversed() {
      for k in (row + 1)..<max(size, row + 1) { solution[row] -= lower[k][row] * solution[k] }
      solution[row] /= lower[row][row]
    }
    return solution
  }
}
