/// Walks over the UTF-8 bytes of a `String`, which are always well formed.
enum UTF8Reader {
  /// The scalar that begins at `position`, which moves behind it.
  @inline(__always)
  static func next(in text: [UInt8], at position: inout Int) -> UInt32 {
    let lead = UInt32(text[position])
    let length = length(ofLead: text[position])
    guard length > 1, position + length <= text.count else {
      position += 1
      return lead
    }
    var value: UInt32
    switch length {
    case 2: value = lead & 0x1F
    case 3: value = lead & 0x0F
    default: value = lead & 0x07
    }
    for index in position + 1..<position + length {
      value = value << 6 | UInt32(text[index] & 0x3F)
    }
    position += length
    return value
  }

  /// The number of bytes of the scalar that a byte leads.
  @inline(__always)
  static func length(ofLead byte: UInt8) -> Int {
    byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  /// Where the scalar in front of `position` begins; `position` is above 0.
  static func startOfScalar(before position: Int, in text: [UInt8]) -> Int {
    var start = position - 1
    while start > 0 && text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The number of scalars in a range of bytes that begins and ends between scalars.
  static func scalarCount(of range: Range<Int>, in text: [UInt8]) -> Int {
    var count = 0
    for index in range where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Where the scalar that begins at `position` ends.
  static func endOfScalar(at position: Int, in text: [UInt8]) -> Int {
    min(position + length(ofLead: text[position]), text.count)
  }
}
