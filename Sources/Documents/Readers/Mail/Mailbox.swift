/// Finds the messages of a mailbox file: each begins with a line `From sender date` at the start of
/// the file or after a blank line.
struct Mailbox {
  /// Where each message lies, without its `From ` line.
  private(set) var messages: [Range<Int>] = []
  /// Whether there are more messages than asked for.
  private(set) var isCut = false

  init(_ bytes: [UInt8], maximum: Int) {
    var start: Int?
    var isAfterBlank = true
    var position = 0
    var blankStart = 0
    while position < bytes.count {
      let line = MIMELine(bytes, at: position, limit: bytes.count)
      if isAfterBlank, Self.isPostmark(bytes[line.content]) {
        if let start { messages.append(start..<max(start, blankStart)) }
        guard messages.count < maximum else {
          isCut = true
          return
        }
        start = line.next
      }
      if line.content.isEmpty {
        if !isAfterBlank { blankStart = position }
        isAfterBlank = true
      } else {
        isAfterBlank = false
        blankStart = line.next
      }
      position = line.next
    }
    if let start, start < bytes.count { messages.append(start..<bytes.count) }
  }

  /// A message's own bytes, with `>From ` as it was before it was quoted.
  static func message(_ range: Range<Int>, of bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let line = MIMELine(bytes, at: position, limit: range.upperBound)
      let content = bytes[line.content]
      let marks = content.prefix { $0 == UInt8(ascii: ">") }.count
      let isQuoted = marks > 0 && content.dropFirst(marks).starts(withText: "From ")
      result += bytes[(position + (isQuoted ? 1 : 0))..<line.next]
      position = line.next
    }
    return result
  }

  /// Whether a line is `From `, a sender, and a date with a time or a year.
  static func isPostmark(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(withText: "From "), line.count <= 500 else { return false }
    let words = line.dropFirst(5).string.split(separator: " ")
    guard words.count >= 3 else { return false }
    let hasTime = words.contains { word in
      let parts = word.split(separator: ":")
      return parts.count >= 2 && parts.allSatisfy { Int($0) != nil }
    }
    return hasTime && words.contains { $0.count == 4 && Int($0) != nil }
  }
}
