import Foundation

extension LogisticRegression {
  /// Fits the model: minimises −Σ cᵢ ln P(labelᵢ) + penalty/2 · Σ wⱼ². The bias is not penalised.
  ///
  /// - Parameters:
  ///   - features: one row per item, all of the same length.
  ///   - labels: as many as rows; both values must occur.
  ///   - importance: how much each item counts, cᵢ; all alike if `nil`.
  ///   - penalty: above 0, so that separable data have finite weights too.
  /// - Throws: ``EvaluationError`` where the data do not allow a fit.
  public init(
    features: [[Double]],
    labels: [Bool],
    importance: [Double]? = nil,
    penalty: Double = 1
  ) throws {
    precondition(penalty > 0, "the penalty is positive")
    let importance = importance ?? Array(repeating: 1, count: labels.count)
    precondition(
      importance.count == labels.count && importance.allSatisfy { $0 > 0 },
      "one importance above 0 for each item"
    )
    let width = try Self.checkedWidth(features, labels)
    let count = Double(features.count)
    let columns = (0..<width).map { column in features.map { $0[column] } }
    let columnMeans = columns.map { $0.reduce(0, +) / count }
    let columnScales = zip(columns, columnMeans).map { column, mean in
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return variance > 0 ? variance.squareRoot() : 1
    }
    // A leading 1 carries the bias.
    let rows = features.map { row in
      [1] + row.indices.map { (row[$0] - columnMeans[$0]) / columnScales[$0] }
    }
    let items = zip(zip(rows, labels), importance).map { item, importance in
      Item(row: item.0, label: item.1, importance: importance)
    }
    let parameters = try Self.newton(items, penalty: penalty)
    self.init(
      means: columnMeans,
      scales: columnScales,
      weights: Array(parameters.dropFirst()),
      bias: parameters[0]
    )
  }

  private static func checkedWidth(_ features: [[Double]], _ labels: [Bool]) throws -> Int {
    let subject = "logistic regression"
    guard let width = features.first?.count, features.count == labels.count, labels.contains(true),
      labels.contains(false)
    else {
      throw EvaluationError(
        .noData,
        "A fit needs one label per row, and both right and wrong ones among them.",
        subject: subject,
        remedy: "Use validation questions of which some are answered wrongly."
      )
    }
    for (index, row) in features.enumerated()
    where row.count != width || !row.allSatisfy(\.isFinite) {
      throw EvaluationError(
        .invalidValue,
        "Row \(index) does not hold \(width) finite numbers.",
        subject: subject,
        remedy: "Give every item the same features."
      )
    }
    return width
  }

  private struct Item {
    /// Standardised features behind a leading 1.
    let row: [Double]
    let label: Bool
    let importance: Double
  }

  private static func newton(_ items: [Item], penalty: Double) throws -> [Double] {
    var parameters = [Double](repeating: 0, count: items[0].row.count)
    var loss = self.loss(items, parameters, penalty)
    for _ in 0..<100 {
      let (gradient, hessian) = derivatives(items, parameters, penalty)
      guard let step = Cholesky.solve(hessian, gradient) else { break }
      if (step.map(abs).max() ?? 0) < 1e-12 { return parameters }
      var scale = 1.0
      var moved = parameters
      var movedLoss = loss
      // Far from the minimum a full step may overshoot; half of it, again and again, does not.
      repeat {
        moved = zip(parameters, step).map { $0 - scale * $1 }
        movedLoss = self.loss(items, moved, penalty)
        scale /= 2
      } while movedLoss > loss && scale > 1e-8
      // At the minimum only rounding is left.
      guard movedLoss <= loss else { return parameters }
      parameters = moved
      loss = movedLoss
    }
    let (gradient, _) = derivatives(items, parameters, penalty)
    guard (gradient.map(abs).max() ?? 0) < 1e-6 * Double(items.count) else {
      throw EvaluationError(
        .notConverged,
        "The fit did not come to rest.",
        subject: "logistic regression",
        remedy: "Raise the penalty, or look for features of extreme size."
      )
    }
    return parameters
  }

  private static func loss(
    _ items: [Item],
    _ parameters: [Double],
    _ penalty: Double
  ) -> Double {
    var sum = 0.0
    for item in items {
      let score = dot(item.row, parameters) * (item.label ? -1 : 1)
      // ln(1 + eˣ), written so that it cannot overflow.
      sum += item.importance * (max(0, score) + log1p(exp(-abs(score))))
    }
    return sum + penalty / 2 * parameters.dropFirst().reduce(0) { $0 + $1 * $1 }
  }

  private static func derivatives(
    _ items: [Item],
    _ parameters: [Double],
    _ penalty: Double
  ) -> (gradient: [Double], hessian: [[Double]]) {
    let width = parameters.count
    var gradient = parameters.map { penalty * $0 }
    gradient[0] = 0
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for index in 1..<width { hessian[index][index] = penalty }
    for item in items {
      let row = item.row
      let probability = sigmoid(dot(row, parameters))
      let weight = item.importance * max(probability * (1 - probability), 1e-12)
      for i in 0..<width {
        gradient[i] += item.importance * (probability - (item.label ? 1 : 0)) * row[i]
        for j in 0...i { hessian[i][j] += weight * row[i] * row[j] }
      }
    }
    return (gradient, hessian)
  }

  private static func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }
}
