/// How a part's bytes were made fit for mail: quoted-printable and base64 (RFC 2045).
enum TransferEncoding {
  case identity, quotedPrintable, base64

  init(_ name: String?) {
    switch name?.trimmed.lowercased() {
    case "quoted-printable": self = .quotedPrintable
    case "base64": self = .base64
    default: self = .identity
    }
  }

  func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .identity: Array(bytes)
    case .quotedPrintable: Self.quotedPrintable(bytes, underscoreIsSpace: false)
    case .base64: Self.base64(bytes)
    }
  }

  /// What is no valid escape stays as it is.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>, underscoreIsSpace: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if underscoreIsSpace, byte == UInt8(ascii: "_") {
        result.append(0x20)
        index += 1
      } else if byte != UInt8(ascii: "=") {
        result.append(byte)
        index += 1
      } else if let next = softBreak(bytes, after: index + 1) {
        index = next
      } else if index + 2 < bytes.endIndex,
        let value = Self.byte(bytes[index + 1], bytes[index + 2])
      {
        result.append(value)
        index += 3
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  /// Signs outside the alphabet are passed over.
  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 4 * 3)
    var group: UInt32 = 0
    var count = 0
    func finish() {
      if count >= 2 { result.append(UInt8(truncatingIfNeeded: group >> (count == 2 ? 4 : 10))) }
      if count == 3 { result.append(UInt8(truncatingIfNeeded: group >> 2)) }
      (group, count) = (0, 0)
    }
    for byte in bytes {
      guard let value = sextet(byte) else {
        if byte == UInt8(ascii: "=") { finish() }
        continue
      }
      group = group << 6 | value
      count += 1
      if count == 4 {
        for shift in [16, 8, 0] as [UInt32] {
          result.append(UInt8(truncatingIfNeeded: group >> shift))
        }
        (group, count) = (0, 0)
      }
    }
    finish()
    return result
  }

  /// The byte that two hexadecimal digits write.
  static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = digit(high), let low = digit(low) else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static func sextet(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61) + 26
    case 0x30...0x39: UInt32(byte - 0x30) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  /// Where the text goes on after a line end that `=` made soft.
  private static func softBreak(_ bytes: ArraySlice<UInt8>, after start: Int) -> Int? {
    var index = start
    while index < bytes.endIndex, index - start < 80, bytes[index] == 0x20 || bytes[index] == 0x09 {
      index += 1
    }
    guard index < bytes.endIndex else { return index == start ? index : nil }
    if bytes[index] == 0x0A { return index + 1 }
    guard bytes[index] == 0x0D else { return nil }
    return index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A ? index + 2 : index + 1
  }
}
