/// Finds e-mail addresses.
enum AddressFinder {
  /// The addresses of a text. Domains kept free for examples (RFC 2606), and those that
  /// people write in their place, do not count.
  static func emails(_ bytes: [UInt8]) -> [PersonalData] {
    bytes.indices.filter { bytes[$0] == 0x40 }.compactMap { email(bytes, at: $0) }
  }

  private static func email(_ bytes: [UInt8], at mark: Int) -> PersonalData? {
    var start = mark
    while start > 0, isLocal(bytes[start - 1]), mark - start < 64 { start -= 1 }
    while start < mark, bytes[start] == 0x2E || bytes[start] == 0x2D { start += 1 }
    var end = mark + 1
    while end < bytes.count, isDomain(bytes[end]), end - mark < 255 { end += 1 }
    while end > mark + 1, !ASCIIText.isAlphanumeric(bytes[end - 1]) { end -= 1 }
    guard start < mark, bytes[mark - 1] != 0x2E, end > mark + 3 else { return nil }
    let domain = String(decoding: bytes[(mark + 1)..<end], as: UTF8.self).lowercased()
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2,
      labels.allSatisfy({ !$0.isEmpty && $0.first != "-" && $0.last != "-" }),
      let top = labels.last, top.count >= 2, top.utf8.allSatisfy(ASCIIText.isLower),
      !isReserved(labels)
    else { return nil }
    return PersonalData(.email, "e-mail address", start..<end, bytes)
  }

  private static func isReserved(_ labels: [Substring]) -> Bool {
    if let top = labels.last, ["example", "test", "invalid", "localhost"].contains(top) {
      return true
    }
    return ["example", "email", "domain", "yourdomain", "company", "yourcompany"].contains {
      labels.dropLast().last == $0
    }
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    ASCIIText.isAlphanumeric(byte) || byte >= 0x80
      || [0x2E, 0x5F, 0x25, 0x2B, 0x2D, 0x27].contains(byte)
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    ASCIIText.isAlphanumeric(byte) || byte == 0x2E || byte == 0x2D
  }
}
