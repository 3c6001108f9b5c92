import Foundation
package import Kernels

/// The angles per position of a position encoding, and the factor on cosine and sine; numerically as
/// transformers computes them.
package struct RotaryFrequencies: Sendable {
  /// Radians per position, one for each pair of values.
  package let inverse: [Float]
  /// The factor on cosine and sine.
  package let attention: Float

  /// - Parameters:
  ///   - parameters: the encoding.
  ///   - isLong: which of two sets of factors to use, where there are two.
  init(_ parameters: RotaryParameters, isLong: Bool) {
    let size = Float(parameters.size)
    let plain = (0..<parameters.size / 2).map { pair in
      1 / powf(parameters.base, Float(2 * pair) / size)
    }
    switch parameters.scaling {
    case .none:
      inverse = plain
      attention = 1
    case .linear(let factor):
      inverse = plain.map { $0 / factor }
      attention = 1
    case .factors(let factors):
      inverse = zip(plain, factors).map { $0 / $1 }
      attention = 1
    case .longRope(let short, let long, _, let scale):
      inverse = zip(plain, isLong ? long : short).map { $0 / $1 }
      attention = scale
    case .llama3(let factor, let low, let high, let original):
      inverse = plain.map { Self.llama3($0, factor, low, high, Float(original)) }
      attention = 1
    case .yarn(let factor, let fast, let slow, let original, let scale, let truncates):
      let ramp = Self.yarnRamp(
        parameters,
        fast: Double(fast),
        slow: Double(slow),
        original: Double(original),
        truncates: truncates
      )
      inverse = zip(plain, ramp).map { $0 / factor * $1 + $0 * (1 - $1) }
      attention = scale
    }
  }

  /// Long waves are stretched by the factor, short ones stay, those between are blended.
  private static func llama3(
    _ frequency: Float,
    _ factor: Float,
    _ low: Float,
    _ high: Float,
    _ original: Float
  ) -> Float {
    let wave = 2 * Float.pi / frequency
    if wave < original / high { return frequency }
    if wave > original / low { return frequency / factor }
    let smooth = (original / wave - low) / (high - low)
    return (1 - smooth) * frequency / factor + smooth * frequency
  }

  /// For each pair how far it is interpolated: 0 for pairs that turn more than `fast` times over the
  /// original context, 1 for those that turn less than `slow` times.
  private static func yarnRamp(
    _ parameters: RotaryParameters,
    fast: Double,
    slow: Double,
    original: Double,
    truncates: Bool
  ) -> [Float] {
    let size = Double(parameters.size)
    func pair(turning turns: Double) -> Double {
      size * log(original / (turns * 2 * .pi)) / (2 * log(Double(parameters.base)))
    }
    var first = pair(turning: fast)
    var last = pair(turning: slow)
    if truncates {
      first = first.rounded(.down)
      last = last.rounded(.up)
    }
    first = max(first, 0)
    last = min(last, size - 1)
    if first == last { last += 0.001 }
    return (0..<parameters.size / 2).map { index in
      Float(min(max((Double(index) - first) / (last - first), 0), 1))
    }
  }

  /// The angles of some positions.
  func angles(_ positions: Range<Int>) -> RotaryAngles {
    RotaryAngles(
      frequencies: inverse,
      positions: positions,
      amplitude: attention,
      pairing: .halves
    )
  }
  /// The angles of a list of positions, one for each row.
  package func angles(_ positions: [Int]) -> RotaryAngles {
    RotaryAngles(
      frequencies: inverse,
      positions: positions,
      amplitude: attention,
      pairing: .halves
    )
  }
}
