/// Decodes header texts with encoded words such as `=?utf-8?q?Gr=C3=BC=C3=9Fe?=` (RFC 2047).
enum EncodedWords {
  static func decode(_ bytes: [UInt8]) -> String {
    var result = ""
    var plain: [UInt8] = []
    // Words of one character set are joined before they are decoded: some programs cut characters
    // in two.
    var pending: (set: CharacterSet?, bytes: [UInt8])?
    var position = 0
    func flushPending() {
      if let words = pending { result += text(words.bytes, words.set) }
      pending = nil
    }
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "="), let word = word(bytes[position...]) else {
        plain.append(bytes[position])
        position += 1
        continue
      }
      // White space between two encoded words is not part of the text.
      let isAdjacent = pending != nil && plain[...].isBlank
      if isAdjacent, pending?.set == word.set {
        pending?.bytes += word.bytes
      } else {
        flushPending()
        if !isAdjacent { result += text(plain, nil) }
        pending = (word.set, word.bytes)
      }
      plain.removeAll(keepingCapacity: true)
      position += word.length
    }
    flushPending()
    return result + text(plain, nil)
  }

  /// Bytes as text: in the given character set, else UTF-8, else what they look like.
  static func text(_ bytes: [UInt8], _ set: CharacterSet?) -> String {
    guard !bytes.isEmpty else { return "" }
    guard let decoded = TextDecoder.decode(bytes, declared: set) else {
      return String(decoding: bytes.filter { $0 >= 0x20 }, as: UTF8.self)
    }
    return decoded.bytes[...].string.filter { $0 != "\0" }
  }

  private static func word(
    _ bytes: ArraySlice<UInt8>
  ) -> (set: CharacterSet?, bytes: [UInt8], length: Int)? {
    guard bytes.starts(withText: "=?") else { return nil }
    let body = bytes.dropFirst(2).prefix(4000)
    let mark = UInt8(ascii: "?")
    guard let first = body.prefix(80).firstIndex(of: mark), first + 2 < body.endIndex,
      body[first + 2] == mark
    else { return nil }
    let start = first + 3
    let rest = body[start...]
    guard
      let end = rest.indices.first(where: { index in
        rest[index] == mark && index + 1 < rest.endIndex && rest[index + 1] == UInt8(ascii: "=")
      })
    else { return nil }
    // A language may follow the character set after an asterisk.
    let label = body[..<first].prefix { $0 != UInt8(ascii: "*") }.string
    let words: [UInt8]
    switch body[first + 1] | 0x20 {
    case UInt8(ascii: "q"):
      words = TransferEncoding.quotedPrintable(rest[..<end], underscoreIsSpace: true)
    case UInt8(ascii: "b"): words = TransferEncoding.base64(rest[..<end])
    default: return nil
    }
    return (CharacterSet(label: label), words, end + 2 - bytes.startIndex)
  }
}
