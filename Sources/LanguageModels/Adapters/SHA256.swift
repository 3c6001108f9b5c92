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
      if pending.count == 64 { takeBlock() }
    }
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

  private mutating func takeBlock() {
    var words = [UInt32](repeating: 0, count: 64)
    for index in 0..<16 {
      words[index] = pending[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      words[index] =
        words[index - 16] &+ words[index - 7]
        &+ (Self.turn(early, 7) ^ Self.turn(early, 18) ^ early >> 3)
        &+ (Self.turn(late, 17) ^ Self.turn(late, 19) ^ late >> 10)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let first =
        h &+ (Self.turn(e, 6) ^ Self.turn(e, 11) ^ Self.turn(e, 25)) &+ choice
        &+ Self.constants[index] &+ words[index]
      let second = (Self.turn(a, 2) ^ Self.turn(a, 13) ^ Self.turn(a, 22)) &+ majority
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    pending.removeAll(keepingCapacity: true)
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }
}
