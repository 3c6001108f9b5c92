/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A random direction.
  mutating func unitVector(_ dimension: Int) -> [Float] {
    let raw = (0..<dimension).map { _ in
      Float.random(in: -1...1, using: &self) + Float.random(in: -1...1, using: &self)
    }
    let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return raw.map { $0 / length }
  }

  /// A direction near another.
  mutating func neighbor(of vector: [Float], spread: Float) -> [Float] {
    let noise = unitVector(vector.count)
    let raw = zip(vector, noise).map { $0 + spread * $1 }
    let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return raw.map { $0 / length }
  }
}
