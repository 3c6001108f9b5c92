/// Unpacks the compressed RTF of Outlook's messages ([MS-OXRTFCP]).
enum CompressedRTF {
  static func unpack(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard bytes.count > 16, let size = bytes[...].littleEndian32(at: 4), size <= limit else {
      return nil
    }
    let body = bytes[16...]
    if bytes[8..<12].elementsEqual("MELA".utf8) { return Array(body.prefix(size)) }
    guard bytes[8..<12].elementsEqual("LZFu".utf8) else { return nil }
    var window = Array(dictionary.utf8)
    var write = window.count
    window += [UInt8](repeating: 0x20, count: 4096 - window.count)
    var result: [UInt8] = []
    var position = body.startIndex
    func emit(_ byte: UInt8) {
      result.append(byte)
      window[write] = byte
      write = (write + 1) & 0xFFF
    }
    while position < body.endIndex, result.count < size {
      let control = body[position]
      position += 1
      for bit in 0..<8 {
        guard result.count < size, position < body.endIndex else { return result }
        guard control & (1 << bit) != 0 else {
          emit(body[position])
          position += 1
          continue
        }
        guard position + 1 < body.endIndex else { return result }
        let token = Int(body[position]) << 8 | Int(body[position + 1])
        position += 2
        let offset = token >> 4
        if offset == write { return result }
        for step in 0..<(token & 0xF) + 2 { emit(window[(offset + step) & 0xFFF]) }
      }
    }
    return result
  }

  /// What the window holds at the start, by the specification.
  private static let dictionary =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    + "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    + "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
}
