import Foundation

/// SHA-256 of bytes given piece by piece (FIPS 180-4). It tells files apart; nothing secret hangs on
/// it, so that this room needs no library for it.
struct SHA256 {
  private var state: [UInt32] = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  private static let primes: [Int] = (2..<312).filter { number in
    !(2..<number).contains { number % $0 == 0 }
  }

  private static let constants: [UInt32] = primes.map { fraction(cbrt(Double($0))) }

  /// The first 32 bits behind the point.
  private static func fraction(_ root: Double) -> UInt32 {
    UInt32((root - root.rounded(.down)) * 4_294_967_296)
  }

  /// Takes more bytes.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      pending.append(byte)
      byteCount += 1
      guard pending.count == 64 else { continue }
      let block = pending
      pending.removeAll()
      takeBlocks(1) { block[$0] }
    }
  }

  /// Takes more bytes, of large files too.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let head = min((64 - pending.count) % 64, bytes.count)
    update(bytes[..<head])
    let blocks = (bytes.count - head) / 64
    takeBlocks(blocks) { bytes[head + $0] }
    byteCount += UInt64(64 * blocks)
    update(bytes[(head + 64 * blocks)...])
  }

  /// The digest of all bytes, in hexadecimal.
  func hexadecimal() -> String {
    var last = self
    let bits = 8 * byteCount
    last.update([0x80])
    last.update(repeatElement(0, count: (120 - last.pending.count) % 64))
    last.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return last.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func takeBlocks(_ count: Int, _ byte: (Int) -> UInt8) {
    let constants = Self.constants
    // The latest 16 words, in turn.
    var words = [UInt32](repeating: 0, count: 16)
    for block in 0..<count {
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      for index in 0..<64 {
        let place = index & 15
        if index < 16 {
          let first = 64 * block + 4 * index
          words[place] =
            UInt32(byte(first)) << 24 | UInt32(byte(first + 1)) << 16
            | UInt32(byte(first + 2)) << 8 | UInt32(byte(first + 3))
        } else {
          let (early, late) = (words[(index + 1) & 15], words[(index + 14) & 15])
          words[place] =
            words[place] &+ words[(index + 9) & 15]
            &+ (Self.turn(early, 7) ^ Self.turn(early, 18) ^ early >> 3)
            &+ (Self.turn(late, 17) ^ Self.turn(late, 19) ^ late >> 10)
        }
        let choice = (e & f) ^ (~e & g)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        let first =
          h &+ (Self.turn(e, 6) ^ Self.turn(e, 11) ^ Self.turn(e, 25)) &+ choice
          &+ constants[index] &+ words[place]
        let second = (Self.turn(a, 2) ^ Self.turn(a, 13) ^ Self.turn(a, 22)) &+ majority
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ second)
      }
      for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }
}
