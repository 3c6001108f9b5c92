import Foundation
import Kernels

extension Tape {
  /// Rows whose logits are made at once: those of a large vocabulary take much memory.
  private static let rowsAtOnce = 128

  /// The cross entropy of some rows' next tokens, in nats, summed; on a recording tape with the gradient
  /// of scale · sum, which is found at once, so that the logits need not be kept.
  ///
  /// - Parameters:
  ///   - hidden: what the output layer reads.
  ///   - output: the output layer.
  ///   - targets: the rows that count, and the token that each should lead to.
  ///   - scale: the factor on the gradient.
  ///   - softcap: logits become cap · tanh(logit / cap).
  /// - Returns: the sum, without the factor.
  /// - Throws: `KernelError` if shapes do not fit.
  func crossEntropy(
    _ hidden: Variable,
    _ output: TrainableLinear,
    targets: [(row: Int, token: Int32)],
    scale: Double,
    softcap: Float?
  ) throws -> Double {
    let tracked = tracks(hidden, parameters: !output.parameters.isEmpty)
    let weight: Float = tracked ? Float(scale) : 1
    var sum = 0.0
    for start in stride(from: 0, to: targets.count, by: Self.rowsAtOnce) {
      let part = targets[start..<min(targets.count, start + Self.rowsAtOnce)]
      let inner = Tape(kernels: kernels, pool: pool, isRecording: tracked)
      let logits = try inner.linear(inner.rows(hidden, part.map { $0.row }), output)
      let weights = [Float](repeating: weight, count: part.count)
      let tokens = part.map(\.token)
      guard tracked else {
        sum += try kernels.crossEntropyLoss(
          logits.value,
          rows: 0..<part.count,
          targets: tokens,
          weights: weights,
          softcap: softcap,
          pool: pool
        )
        continue
      }
      sum +=
        try kernels.crossEntropy(
          logits.value,
          rows: 0..<part.count,
          targets: tokens,
          weights: weights,
          softcap: softcap,
          pool: pool
        ) / Double(weight)
      try logits.adopt(logits.value)
      try inner.runBack()
    }
    return sum
  }

  /// The loss of questions that should be closer to their own passage than to the others: cross entropy
  /// over scale · (question · passage), passage i being the one of question i. Passages beyond the number
  /// of questions are hard negatives that all questions share (multiple negatives ranking, Henderson et
  /// al. 2017, arXiv 1705.00652).
  ///
  /// - Parameters:
  ///   - questions: [n × d], of length 1 each.
  ///   - passages: [≥ n × d], of length 1 each.
  ///   - scale: the inverse of the temperature.
  ///   - excluded: for each question the passages that do not count as negatives.
  ///   - weight: the factor on the gradient.
  /// - Returns: the sum over the questions, in nats, without the factor.
  /// - Throws: `KernelError` if shapes do not fit.
  func ranking(
    _ questions: Variable,
    _ passages: Variable,
    scale: Float,
    excluded: [Set<Int>] = [],
    weight: Double
  ) throws -> Double {
    let scores = Matrix(uninitializedRows: questions.rows, columns: passages.rows)
    try kernels.product(
      questions.value,
      transposed: false,
      passages.value,
      transposed: true,
      scale: scale,
      into: scores,
      pool: pool
    )
    for (row, columns) in excluded.enumerated() {
      scores.withRow(row) { scores in
        for column in columns where column != row { scores[column] = -.greatestFiniteMagnitude }
      }
    }
    let targets = (0..<questions.rows).map { Int32($0) }
    let tracked = tracks(questions, passages)
    let weights = [Float](repeating: tracked ? Float(weight) : 1, count: questions.rows)
    guard tracked else {
      return try kernels.crossEntropyLoss(
        scores,
        rows: 0..<questions.rows,
        targets: targets,
        weights: weights,
        pool: pool
      )
    }
    let sum =
      try kernels.crossEntropy(
        scores,
        rows: 0..<questions.rows,
        targets: targets,
        weights: weights,
        pool: pool
      ) / Double(Float(weight))
    if questions.isTracked {
      let (matrix, adds) = questions.sink()
      try kernels.product(
        scores,
        passages.value,
        scale: scale,
        adds: adds,
        into: matrix,
        pool: pool
      )
    }
    if passages.isTracked {
      let (matrix, adds) = passages.sink()
      try kernels.product(
        scores,
        transposed: true,
        questions.value,
        scale: scale,
        adds: adds,
        into: matrix,
        pool: pool
      )
    }
    return sum
  }

  /// The binary cross entropy of logits, one for each row, in nats, summed; on a recording tape with the
  /// gradient of scale · sum.
  func binaryCrossEntropy(
    _ logits: Variable,
    labels: [Float],
    scale: Double
  ) throws -> Double {
    var sum = 0.0
    let gradient = Matrix(uninitializedRows: logits.rows, columns: 1)
    for (row, label) in labels.enumerated() {
      let logit = Double(try logits.value.row(row)[0])
      // log(1 + exp(x)) without overflow.
      sum += max(logit, 0) + log1p(exp(-abs(logit))) - Double(label) * logit
      let probability = 1 / (1 + exp(-logit))
      gradient.withRow(row) { $0[0] = Float(scale * (probability - Double(label))) }
    }
    if isRecording, logits.isTracked { logits.adopt(gradient) }
    return sum
  }
}
