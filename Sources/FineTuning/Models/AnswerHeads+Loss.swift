import Foundation
import Kernels
import LanguageModels

extension AnswerHeads {
  /// Answer rows whose vocabulary is computed at once: it takes much memory.
  private static let rowsAtOnce = 128

  /// The sum of −log P(target) over the answer rows, in nats, where
  /// P(y) = (1 − g) · softmax(vocabulary)[y] + g · Σ softmax(copy scores) over the places of y; on a
  /// recording tape with the gradient of scale · sum left where the way back finds it.
  ///
  /// - Parameters:
  ///   - hidden: the encoder's last hidden state.
  ///   - rows: what lies where in it.
  ///   - scale: the factor on the gradient.
  ///   - configuration: the model's sizes.
  ///   - tape: computes, and remembers where it records.
  /// - Returns: the sum, without the factor.
  /// - Throws: `KernelError` if shapes do not fit.
  func loss(
    _ hidden: Variable,
    _ rows: ReadingRows,
    scale: Double,
    _ configuration: BertConfiguration,
    _ tape: Tape
  ) throws -> Double {
    let states = try tape.add(
      tape.rows(hidden, rows.answers),
      tape.linear(tape.rows(hidden, rows.copiedFrom), carry)
    )
    let copying = CopyScores(
      queries: try tape.linear(states, query),
      keys: try tape.linear(hidden, key),
      next: next,
      rows: rows
    )
    let gates = try tape.linear(states, gate)
    let written = try norm.apply(
      to: tape.gelu(tape.linear(states, transform)),
      epsilon: configuration.layerNormEpsilon,
      tape
    )
    let copied = try copying.logProbabilities(tape)
    var sum = 0.0
    var shares = [Double](repeating: 0, count: rows.targets.count)
    for start in stride(from: 0, to: rows.targets.count, by: Self.rowsAtOnce) {
      let part = start..<min(rows.targets.count, start + Self.rowsAtOnce)
      try writing(written, part, rows.targets, scale, tape) { row, logProbability in
        guard let copied = copied[row] else {
          sum -= logProbability
          return 1
        }
        let gate = Double(try gates.value.row(row)[0])
        // log σ(x) and log(1 − σ(x)) without overflow.
        let softplus = max(gate, 0) + log1p(exp(-abs(gate)))
        let write = logProbability - softplus
        let copy = copied + gate - softplus
        let highest = max(write, copy)
        let total = highest + log(exp(write - highest) + exp(copy - highest))
        sum -= total
        shares[row] = exp(copy - total)
        return 1 - shares[row]
      }
    }
    guard tape.isRecording else { return sum }
    if gates.isTracked {
      let gradient = gates.summedGradient()
      for row in shares.indices where copied[row] != nil {
        let gate = Double(try gates.value.row(row)[0])
        gradient.withRow(row) { $0[0] += Float(scale * (1 / (1 + exp(-gate)) - shares[row])) }
      }
    }
    try copying.leaveGradients(shares, scale: scale, tape)
    return sum
  }

  /// Computes the vocabulary of some rows, asks for the weight of each by the target's log-probability, and
  /// leaves the gradient of scale · Σ weight · (−log softmax[target]).
  private func writing(
    _ written: Variable,
    _ part: Range<Int>,
    _ targets: [Int32],
    _ scale: Double,
    _ tape: Tape,
    weight: (_ row: Int, _ logProbability: Double) throws -> Double
  ) throws {
    let isTracked = tape.tracks(written, parameters: !output.parameters.isEmpty)
    let inner = Tape(kernels: tape.kernels, pool: tape.pool, isRecording: isTracked)
    let logits = try inner.linear(inner.rows(written, Array(part)), output)
    let matrix = try logits.value
    var weights: [Float] = []
    for (index, row) in part.enumerated() {
      let loss = try tape.kernels.crossEntropyLoss(
        matrix,
        rows: index..<index + 1,
        targets: [targets[row]],
        weights: [1],
        pool: tape.pool
      )
      weights.append(Float(scale * (try weight(row, -loss))))
    }
    guard isTracked else { return }
    _ = try tape.kernels.crossEntropy(
      matrix,
      rows: 0..<part.count,
      targets: Array(targets[part]),
      weights: weights,
      pool: tape.pool
    )
    logits.adopt(matrix)
    try inner.runBack()
  }
}
