extension SeededGenerator {
  /// A generator that begins from a seed and a name, so that what is made of one text does not depend on
  /// what was made of others (FNV-1a over both).
  init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
    self.init((0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) })
  }
}
