/// Signatures of sets whose agreement estimates the Jaccard similarity (Broder 1997,
/// doi:10.1109/SEQUEN.1997.666900), and the banding that finds sets alike without comparing all pairs
/// (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, chapter 3).
struct MinHash {
  /// How many bands a signature has.
  static let bands = 40
  /// How many values a band has: two sets of similarity s share a band with probability
  /// 1 − (1 − s³)⁴⁰, that is 0.99 at 0.5.
  static let rows = 3

  private let factors: [UInt32]
  private let offsets: [UInt32]

  /// The hash functions of a seed.
  init(seed: UInt64) {
    var state = seed
    func next() -> UInt32 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return UInt32(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 16)
    }
    let count = Self.bands * Self.rows
    factors = (0..<count).map { _ in next() | 1 }
    offsets = (0..<count).map { _ in next() }
  }

  /// The signature of a set of hashes: one least value for each function.
  func signature(of hashes: some Sequence<UInt32>) -> [UInt32] {
    let count = factors.count
    return [UInt32](unsafeUninitializedCapacity: count) { signature, filled in
      signature.initialize(repeating: .max)
      for hash in hashes {
        for index in 0..<count {
          var value = hash &* factors[index] &+ offsets[index]
          value ^= value >> 15
          value &*= 0x2C1B_3C6D
          if value < signature[index] { signature[index] = value }
        }
      }
      filled = count
    }
  }

  /// The share of values in which two of many signatures, one after the other, agree: it estimates the
  /// similarity of their sets.
  static func agreement(_ all: [UInt32], _ first: Int, _ second: Int) -> Double {
    let count = bands * rows
    precondition((max(first, second) + 1) * count <= all.count, "both signatures are in the list")
    return all.withUnsafeBufferPointer { values in
      var equal: Int32 = 0
      for place in 0..<count
      where values[first * count + place] == values[second * count + place] {
        equal &+= 1
      }
      return Double(equal) / Double(count)
    }
  }

  /// The key of one band of a signature.
  static func key(_ signature: [UInt32], band: Int) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for row in 0..<rows {
      key = (key ^ UInt64(signature[band * rows + row])) &* 0x0000_0100_0000_01B3
      key ^= key >> 29
    }
    return key
  }
}
