/// Recognises UTF-16 without a mark where the text is not Latin, so that no bytes are zero.
enum UTF16Guess {
  /// The byte order in which nearly all units are letters of one script with its spaces and full
  /// stops, or nil.
  static func encoding(_ bytes: [UInt8]) -> DecodedText.Encoding? {
    guard bytes.count >= 16, bytes.count % 2 == 0 else { return nil }
    let isLittle = reads(bytes, littleEndian: true)
    let isBig = reads(bytes, littleEndian: false)
    guard isLittle != isBig else { return nil }
    return isLittle ? .utf16LittleEndian : .utf16BigEndian
  }

  private static func reads(_ bytes: [UInt8], littleEndian: Bool) -> Bool {
    let count = min(bytes.count / 2, 4096)
    var scripts: [Int: Int] = [:]
    var foreign = 0
    var separators = 0
    for index in 0..<count {
      let (first, second) = (UInt16(bytes[index * 2]), UInt16(bytes[index * 2 + 1]))
      let unit = littleEndian ? second << 8 | first : first << 8 | second
      switch unit {
      case 0x09, 0x0A, 0x0D, 0x20, 0x2C, 0x2E, 0x3001, 0x3002, 0xFF0C: separators += 1
      case 0x21...0x7E, 0x2010...0x2026, 0x3000...0x3011, 0xFF01...0xFF5E, 0xD800...0xDFFF: break
      case 0xA0...0x24F: scripts[0, default: 0] += 1
      case 0x370...0x3FF: scripts[1, default: 0] += 1
      case 0x400...0x4FF: scripts[2, default: 0] += 1
      case 0x590...0x5FF: scripts[3, default: 0] += 1
      case 0x600...0x6FF: scripts[4, default: 0] += 1
      case 0xE00...0xE7F: scripts[5, default: 0] += 1
      case 0x3040...0x30FF, 0x4E00...0x9FFF: scripts[6, default: 0] += 1
      case 0xAC00...0xD7A3: scripts[7, default: 0] += 1
      default: foreign += 1
      }
    }
    let letters = scripts.values.reduce(0, +)
    let main = scripts.values.max() ?? 0
    return separators > 0 && foreign * 50 <= count && letters * 3 >= count
      && main * 10 >= letters * 8
  }
}
