import TestSupport

extension SplitMix64 {
  /// Normally distributed floats.
  mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in Float(normal()) * scale }
  }
}
