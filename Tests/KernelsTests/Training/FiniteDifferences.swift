/// Gradients by differences, to check what is derived by hand.
enum FiniteDifferences {
  /// The gradient of a function: central differences at two distances, combined so that the error is
  /// of the fourth order.
  static func gradient(at point: [Double], of function: ([Double]) -> Double) -> [Double] {
    var point = point
    return point.indices.map { index in
      let value = point[index]
      let slopes = [1e-3, 5e-4].map { distance in
        point[index] = value + distance
        let above = function(point)
        point[index] = value - distance
        let below = function(point)
        point[index] = value
        return (above - below) / (2 * distance)
      }
      return (4 * slopes[1] - slopes[0]) / 3
    }
  }

  /// The largest difference, relative to the largest value.
  static func error(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    let scale = expected.reduce(1e-30) { max($0, abs($1)) }
    return zip(found, expected).reduce(0) { worst, pair in
      let difference = abs(pair.0 - pair.1)
      // Not a number must not pass.
      return difference.isNaN ? .infinity : max(worst, difference)
    } / scale
  }
}
