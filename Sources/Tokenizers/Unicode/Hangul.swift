/// The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).
enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

  /// The two or three jamo of a syllable; nil for any other scalar.
  static func decomposition(of scalar: UInt32) -> [UInt32]? {
    guard syllables.contains(scalar) else { return nil }
    let index = scalar - syllables.lowerBound
    let jamo = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    let trailing = index % 28
    return trailing == 0 ? jamo : jamo + [0x11A7 + trailing]
  }

  /// The syllable that a leading and a vowel jamo, or a syllable and a trailing jamo, make.
  static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
      return syllables.lowerBound + (first - 0x1100) * 588 + (second - 0x1161) * 28
    }
    if syllables.contains(first), (first - syllables.lowerBound) % 28 == 0,
      (0x11A8...0x11C2).contains(second)
    {
      return first + (second - 0x11A7)
    }
    return nil
  }
}
