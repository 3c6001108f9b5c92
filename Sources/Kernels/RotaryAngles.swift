import Foundation

/// The cosines and sines by which rotary position embedding turns the heads of some consecutive
/// positions (Su et al. 2021, arXiv:2104.09864). Made once per forward pass, used by every layer.
public struct RotaryAngles: Sendable {
  /// Which two values of a head form a pair.
  public enum Pairing: String, Sendable, CaseIterable {
    /// Value i with value i + pairs: Hugging Face's order.
    case halves
    /// Value 2i with value 2i + 1: the order of the original Llama weights and of GGUF files.
    case neighbours
  }

  /// The positions the angles are for; the places in the list where they were given as a list.
  public let positions: Range<Int>
  /// Pairs of each head that turn; values beyond 2 · pairs stay as they are.
  public let pairs: Int
  /// Which values form a pair.
  public let pairing: Pairing

  let cosines: [Float]
  let sines: [Float]

  /// The angles position · frequency, rounded to f32 as the reference implementations do.
  ///
  /// - Parameters:
  ///   - frequencies: one per pair, in radians per position, with any scaling applied.
  ///   - positions: the positions of the rows to turn.
  ///   - amplitude: multiplies all cosines and sines.
  ///   - pairing: which values form a pair.
  public init(
    frequencies: [Float],
    positions: Range<Int>,
    amplitude: Float = 1,
    pairing: Pairing
  ) {
    self.positions = positions
    self.pairing = pairing
    pairs = frequencies.count
    (cosines, sines) = Self.angles(frequencies, at: positions, amplitude)
  }

  /// The angles of rows that are not consecutive: for example of several sequences in one matrix,
  /// whose positions each begin at 0.
  ///
  /// - Parameters:
  ///   - frequencies: one per pair, in radians per position, with any scaling applied.
  ///   - positions: the position of each row.
  ///   - amplitude: multiplies all cosines and sines.
  ///   - pairing: which values form a pair.
  public init(
    frequencies: [Float],
    positions: [Int],
    amplitude: Float = 1,
    pairing: Pairing
  ) {
    self.positions = positions.indices
    self.pairing = pairing
    pairs = frequencies.count
    (cosines, sines) = Self.angles(frequencies, at: positions, amplitude)
  }

  /// The same angles the other way round: turns the gradient of what was turned back to that of the
  /// input.
  public var reversed: RotaryAngles {
    RotaryAngles(
      positions: positions,
      pairs: pairs,
      pairing: pairing,
      cosines: cosines,
      sines: sines.map { -$0 }
    )
  }

  private init(
    positions: Range<Int>,
    pairs: Int,
    pairing: Pairing,
    cosines: [Float],
    sines: [Float]
  ) {
    self.positions = positions
    self.pairs = pairs
    self.pairing = pairing
    self.cosines = cosines
    self.sines = sines
  }

  private static func angles(
    _ frequencies: [Float],
    at positions: some Collection<Int>,
    _ amplitude: Float
  ) -> (cosines: [Float], sines: [Float]) {
    var cosines: [Float] = []
    var sines: [Float] = []
    cosines.reserveCapacity(positions.count * frequencies.count)
    sines.reserveCapacity(positions.count * frequencies.count)
    for position in positions {
      for frequency in frequencies {
        let angle = Double(Float(position) * frequency)
        cosines.append(Float(cos(angle)) * amplitude)
        sines.append(Float(sin(angle)) * amplitude)
      }
    }
    return (cosines, sines)
  }
}
