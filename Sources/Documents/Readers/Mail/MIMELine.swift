/// One line of a message.
struct MIMELine {
  /// Without its line end (CRLF, LF or CR).
  var content: Range<Int>
  /// Where the next line begins.
  var next: Int

  init(_ bytes: [UInt8], at start: Int, limit: Int) {
    let end =
      bytes[start..<limit].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? limit
    content = start..<end
    guard end < limit else {
      next = limit
      return
    }
    let isPair = bytes[end] == 0x0D && end + 1 < limit && bytes[end + 1] == 0x0A
    next = end + (isPair ? 2 : 1)
  }
}
