import TestSupport

extension SplitMix64 {
  /// A random direction, all directions being equally likely.
  mutating func unitVector(_ dimension: Int) -> [Float] {
    Self.normalized((0..<dimension).map { _ in Float(normal()) })
  }

  /// A direction near another: the larger `spread`, the farther.
  mutating func neighbor(of vector: [Float], spread: Float) -> [Float] {
    let noise = unitVector(vector.count)
    return Self.normalized(zip(vector, noise).map { $0 + spread * $1 })
  }

  private static func normalized(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }
}
