import Kernels

/// The angles of a decoder's position encodings.
package struct DecoderFrequencies: Sendable {
  package let short: RotaryFrequencies
  package let long: RotaryFrequencies
  package let sliding: RotaryFrequencies?

  init(_ configuration: DecoderConfiguration) {
    short = RotaryFrequencies(configuration.rotary, isLong: false)
    long = RotaryFrequencies(configuration.rotary, isLong: true)
    sliding = configuration.slidingRotary.map { RotaryFrequencies($0, isLong: false) }
  }

  /// The angles of some positions.
  ///
  /// - Parameters:
  ///   - positions: of the tokens of a forward pass.
  ///   - isLong: which of two sets of frequencies to use, where there are two.
  /// - Returns: the angles for both kinds of layers.
  func angles(_ positions: Range<Int>, isLong: Bool) -> DecoderAngles {
    let all = (isLong ? long : short).angles(positions)
    return DecoderAngles(full: all, sliding: sliding?.angles(positions) ?? all)
  }
}
