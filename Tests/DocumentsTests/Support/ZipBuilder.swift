/// Writes small ZIP archives with stored members for tests.
struct ZipBuilder {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// An archive with the members in the order given.
  static func archive(_ members: [(name: String, text: String)]) -> [UInt8] {
    var builder = ZipBuilder()
    for member in members { builder.add(member.name, Array(member.text.utf8)) }
    return builder.finish()
  }

  mutating func add(
    _ name: String,
    _ content: [UInt8],
    method: Int = 0,
    size: Int? = nil,
    flags: Int = 0
  ) {
    let offset = bytes.count
    let size = size ?? content.count
    let checksum = method == 0 ? Self.checksum(content) : 0
    let common =
      Self.number(20, 2) + Self.number(flags, 2) + Self.number(method, 2) + Self.number(0, 4)
      + Self.number(checksum, 4) + Self.number(content.count, 4) + Self.number(size, 4)
      + Self.number(name.utf8.count, 2) + Self.number(0, 2)
    bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    directory += [0x50, 0x4B, 1, 2] + Self.number(20, 2) + common
    directory += Self.number(0, 10) + Self.number(offset, 4) + Array(name.utf8)
    count += 1
  }

  func finish() -> [UInt8] {
    let end =
      Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
      + Self.number(directory.count, 4) + Self.number(bytes.count, 4) + Self.number(0, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + end
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// CRC-32 as ZIP wants it.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
