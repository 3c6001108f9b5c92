import Foundation
import Kernels

/// How the answer rows of some readings share out what they copy over the tokens of their passages.
final class CopyScores {
  private let queries: Variable
  private let keys: Variable
  private let next: TrainableVector
  private let rows: ReadingRows
  /// For each reading softmax(scores) [answer rows × copyable rows]; nil where there is no passage.
  private var shares: [Matrix?] = []

  init(queries: Variable, keys: Variable, next: TrainableVector, rows: ReadingRows) {
    self.queries = queries
    self.keys = keys
    self.next = next
    self.rows = rows
  }

  private var factor: Float { 1 / Float(queries.columns).squareRoot() }

  /// For each answer row the log of what its target's places have together; nil where there is no passage,
  /// minus infinity where the target has no place.
  func logProbabilities(_ tape: Tape) throws -> [Double?] {
    let bonus = next.values[0]
    var result: [Double?] = []
    for part in rows.parts {
      guard !part.copyable.isEmpty else {
        shares.append(nil)
        result += part.answers.map { _ in nil }
        continue
      }
      let scores = Matrix(uninitializedRows: part.answers.count, columns: part.copyable.count)
      try tape.kernels.product(
        MatrixView(queries.value, rows: part.answers),
        transposed: false,
        MatrixView(keys.value, rows: part.copyable),
        transposed: true,
        scale: factor,
        into: MatrixView(scores),
        pool: tape.pool
      )
      for (index, row) in part.answers.enumerated() {
        let following = following(row, part.copyable)
        let places = rows.places[row].map { $0 - part.copyable.lowerBound }
        scores.withRow(index) { scores in
          if let following { scores[following] += bonus }
          result.append(Self.share(out: scores, places))
        }
      }
      shares.append(scores)
    }
    return result
  }

  /// The place behind the one that the row's own token was copied from, counted in the copyable rows.
  private func following(_ row: Int, _ copyable: Range<Int>) -> Int? {
    guard let place = rows.copiedFrom[row], copyable.contains(place + 1) else { return nil }
    return place + 1 - copyable.lowerBound
  }

  /// Replaces scores by their softmax; returns the log of the sum over some places.
  private static func share(out scores: UnsafeMutableBufferPointer<Float>, _ places: [Int])
    -> Double
  {
    let highest = scores.max() ?? 0
    var sum = 0.0
    for index in scores.indices {
      scores[index] = expf(scores[index] - highest)
      sum += Double(scores[index])
    }
    let part = places.reduce(0.0) { $0 + Double(scores[$1]) }
    for index in scores.indices { scores[index] = Float(Double(scores[index]) / sum) }
    return log(part / sum)
  }

  /// Leaves the gradient of scale · Σ share · (−log of what the target's places have together) with queries,
  /// keys and the bonus of the next token.
  ///
  /// - Parameters:
  ///   - weights: for each answer row how much of its target's probability is copied.
  ///   - scale: the factor on the gradient.
  ///   - tape: computes.
  /// - Throws: `KernelError` if shapes do not fit.
  func leaveGradients(_ weights: [Double], scale: Double, _ tape: Tape) throws {
    guard queries.isTracked || keys.isTracked || next.isTrained else { return }
    let queryGradient = queries.isTracked ? queries.summedGradient() : nil
    let keyGradient = keys.isTracked ? keys.summedGradient() : nil
    for (part, shares) in zip(rows.parts, shares) {
      guard let shares else { continue }
      for (index, row) in part.answers.enumerated() {
        let places = rows.places[row].map { $0 - part.copyable.lowerBound }
        let weight = Float(scale * weights[row])
        let following = following(row, part.copyable)
        shares.withRow(index) { shares in
          let found = places.reduce(Float(0)) { $0 + shares[$1] }
          let kept = places.map { shares[$0] }
          for column in shares.indices { shares[column] *= weight }
          // Where the target has no place nothing was copied, and the weight is zero.
          for (place, share) in zip(places, kept) where found > 0 {
            shares[place] -= weight * share / found
          }
          if let following {
            next.gradient?.withRow(0) { $0[0] += shares[following] }
          }
        }
      }
      if let queryGradient {
        try tape.kernels.product(
          MatrixView(shares),
          MatrixView(keys.value, rows: part.copyable),
          scale: factor,
          adds: true,
          into: MatrixView(queryGradient, rows: part.answers),
          pool: tape.pool
        )
      }
      if let keyGradient {
        try tape.kernels.product(
          MatrixView(shares),
          transposed: true,
          MatrixView(queries.value, rows: part.answers),
          scale: factor,
          adds: true,
          into: MatrixView(keyGradient, rows: part.copyable),
          pool: tape.pool
        )
      }
    }
  }
}
