/// A seeded generator for tests: the same seed gives the same stream everywhere (Steele, Lea & Flood
/// 2014, doi:10.1145/2660193.2660195).
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SplitMix64 {
  /// A number from 0 up to 1, with 53 random bits.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A normally distributed number, as the sum of twelve uniform ones less six: near enough to normal
  /// for tests, with no tail beyond six.
  package mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }

  /// Text of `count` Unicode scalars: mostly letters, with blanks, marks, emoji and rare scripts.
  package mutating func text(count: Int) -> String {
    var view = String.UnicodeScalarView()
    while view.count < count {
      let range: ClosedRange<UInt32> =
        switch next() % 16 {
        case 0...7: 0x61...0x7A
        case 8, 9: 0x20...0x40
        case 10: 0x0A...0x0A
        case 11: 0xC0...0x24F
        case 12: 0x300...0x36F
        case 13: 0x4E00...0x9FFF
        case 14: 0x1F300...0x1F64F
        default: 0x1...0x10FFFF
        }
      let value = UInt32.random(in: range, using: &self)
      // Surrogates are no scalars.
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }
}
