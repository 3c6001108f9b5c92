/// Makes gzip files.
enum GzipBuilder {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  /// Bytes as they are, in gzip's frame.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result = header
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      result.append(rest.isEmpty ? 1 : 0)
      for value in [length, ~length] { result += [UInt8(value & 255), UInt8(value >> 8)] }
      result += block
    } while !rest.isEmpty
    return result + number(checksum(bytes)) + number(UInt32(bytes.count))
  }

  /// A few bytes that unfold to 258 times `repeats` letters.
  static func bomb(repeats: Int) -> [UInt8] {
    // One block with the fixed codes: the letter `a`, then the longest match over and over.
    var bits: [Bool] = [true, true, false]
    func append(_ code: Int, _ count: Int) {
      for bit in (0..<count).reversed() { bits.append(code >> bit & 1 == 1) }
    }
    append(0x91, 8)
    for _ in 0..<repeats {
      append(0xC5, 8)
      append(0, 5)
    }
    append(0, 7)
    var result = header
    for start in stride(from: 0, to: bits.count, by: 8) {
      let byte = bits[start..<min(start + 8, bits.count)].enumerated()
        .reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
      result.append(UInt8(byte))
    }
    return result
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
