/// The seeded source of randomness of this room: SplitMix64 (Steele, Lea & Flood 2014,
/// doi:10.1145/2660193.2660195).
///
/// The stream is fixed by the algorithm and not by the standard library, so a seed gives the same
/// figures on every machine and with every compiler.
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An index below `count`, by the high word of a product; the bias is below `count` / 2⁶⁴.
  mutating func index(below count: Int) -> Int {
    precondition(count > 0, "an index needs something to point at")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
