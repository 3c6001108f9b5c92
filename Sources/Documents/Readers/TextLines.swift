/// A text's lines as byte ranges, without their line ends (LF, CRLF or CR).
struct TextLines {
  private(set) var ranges: [Range<Int>] = []

  init(_ bytes: [UInt8]) {
    var start = 0
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D {
        ranges.append(start..<position)
        let isCRLF = byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
        position += isCRLF ? 2 : 1
        start = position
      } else {
        position += 1
      }
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
  }
}
