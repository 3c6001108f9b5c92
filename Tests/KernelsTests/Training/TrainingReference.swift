import Foundation
import Kernels

/// What the kernels for training compute, written plainly in double precision.
enum TrainingReference {
  static func rmsNorm(_ row: [Double], weight: [Double], shift: Double, epsilon: Double) -> [Double]
  {
    let mean = row.reduce(0) { $0 + $1 * $1 } / Double(row.count)
    return row.indices.map { row[$0] / (mean + epsilon).squareRoot() * (weight[$0] + shift) }
  }

  static func layerNorm(
    _ row: [Double],
    gamma: [Double],
    beta: [Double],
    epsilon: Double
  ) -> [Double] {
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    return row.indices.map {
      (row[$0] - mean) / (variance + epsilon).squareRoot() * gamma[$0] + beta[$0]
    }
  }

  static func activation(_ kind: GatedActivation, _ x: Double) -> Double {
    switch kind {
    case .silu: x / (1 + exp(-x))
    case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    }
  }

  static func crossEntropy(_ logits: [Double], target: Int, softcap: Double?) -> Double {
    let values = logits.map { logit in softcap.map { $0 * tanh(logit / $0) } ?? logit }
    let highest = values.max() ?? 0
    return log(values.reduce(0) { $0 + exp($1 - highest) }) + highest - values[target]
  }

  /// Whether a token sees another of its segment.
  static func sees(_ token: Int, _ other: Int, _ attention: TrainingAttention, prefix: Int) -> Bool
  {
    if let window = attention.window, abs(token - other) >= window { return false }
    return !attention.isCausal || other <= token || (token < prefix && other < prefix)
  }

  /// Attention within one segment: rows of heads side by side.
  static func attend(
    _ query: [[Double]],
    _ key: [[Double]],
    _ value: [[Double]],
    _ attention: TrainingAttention,
    prefix: Int
  ) -> [[Double]] {
    let size = attention.headSize
    var context = query.map { $0.map { _ in 0.0 } }
    for head in 0..<attention.heads {
      let weights = weights(query, key, attention, head: head, prefix: prefix).weights
      let shared = head / (attention.heads / attention.keyValueHeads) * size
      for token in query.indices {
        for other in key.indices {
          for index in 0..<size {
            context[token][head * size + index] +=
              weights[token][other] * value[other][shared + index]
          }
        }
      }
    }
    return context
  }

  /// The backward pass of ``attend(_:_:_:_:prefix:)``.
  static func attendBackward(
    _ query: [[Double]],
    _ key: [[Double]],
    _ value: [[Double]],
    gradient: [[Double]],
    _ attention: TrainingAttention,
    prefix: Int
  ) -> (query: [[Double]], key: [[Double]], value: [[Double]]) {
    let size = attention.headSize
    var result = (
      query: query.map { $0.map { _ in 0.0 } }, key: key.map { $0.map { _ in 0.0 } },
      value: value.map { $0.map { _ in 0.0 } }
    )
    for head in 0..<attention.heads {
      let (weights, slopes) = weights(query, key, attention, head: head, prefix: prefix)
      let own = head * size
      let shared = head / (attention.heads / attention.keyValueHeads) * size
      for token in query.indices {
        let back = key.indices.map { other in
          (0..<size).reduce(0) { $0 + gradient[token][own + $1] * value[other][shared + $1] }
        }
        let mean = zip(weights[token], back).reduce(0) { $0 + $1.0 * $1.1 }
        for other in key.indices {
          let slope = weights[token][other] * (back[other] - mean) * slopes[token][other]
          for index in 0..<size {
            result.query[token][own + index] += slope * key[other][shared + index]
            result.key[other][shared + index] += slope * query[token][own + index]
            result.value[other][shared + index] +=
              weights[token][other] * gradient[token][own + index]
          }
        }
      }
    }
    return result
  }

  /// The attention weights of a head, and how fast each score grows with query · key.
  private static func weights(
    _ query: [[Double]],
    _ key: [[Double]],
    _ attention: TrainingAttention,
    head: Int,
    prefix: Int
  ) -> (weights: [[Double]], slopes: [[Double]]) {
    let size = attention.headSize
    let own = head * size
    let shared = head / (attention.heads / attention.keyValueHeads) * size
    let scale = Double(attention.scale)
    var slopes = query.map { _ in key.map { _ in scale } }
    let weights = query.indices.map { token in
      let scores = key.indices.map { other in
        let score =
          (0..<size).reduce(0) {
            $0 + query[token][own + $1] * key[other][shared + $1]
          } * scale
        guard sees(token, other, attention, prefix: prefix) else { return -Double.infinity }
        guard let cap = attention.softcap.map(Double.init) else { return score }
        let limited = tanh(score / cap)
        slopes[token][other] *= 1 - limited * limited
        return cap * limited
      }
      return Reference.softmax(scores)
    }
    return (weights, slopes)
  }
}
