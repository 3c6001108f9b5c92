/// A structured header value such as `text/plain; charset=utf-8; name="a b.txt"`, with values that
/// are split over several parameters or carry a character set (RFC 2231) put together.
struct MIMEParameters {
  /// What stands before the first semicolon, in lower case.
  private(set) var value = ""
  private var parameters: [String: String] = [:]

  private struct Section {
    var number: Int
    var isEncoded: Bool
    var text: [UInt8]
  }

  init(_ bytes: [UInt8]) {
    var position = bytes.startIndex
    value = Self.token(bytes, &position, until: [UInt8(ascii: ";")]).text[...]
      .trimmingWhitespace().string.lowercased()
    var sections: [String: [Section]] = [:]
    var count = 0
    while position < bytes.count, count < 200 {
      position += 1
      count += 1
      let marks = [UInt8(ascii: "="), UInt8(ascii: ";")]
      let name = Self.token(bytes, &position, until: marks).text[...].trimmingWhitespace().string
        .lowercased()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
      position += 1
      let text = Self.token(bytes, &position, until: [UInt8(ascii: ";")])
      let trimmed = text.isQuoted ? text.text : Array(text.text[...].trimmingWhitespace())
      Self.note(name, trimmed, in: &sections)
    }
    for (name, parts) in sections { parameters[name] = Self.joined(parts) }
  }

  /// The value of a parameter; the name is in lower case.
  subscript(_ name: String) -> String? { parameters[name] }

  /// `name`, `name*`, `name*0` and `name*0*` are one parameter.
  private static func note(_ name: String, _ text: [UInt8], in sections: inout [String: [Section]])
  {
    let pieces = name.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard let base = pieces.first, !base.isEmpty, pieces.count <= 3 else { return }
    let isEncoded = pieces.count > 1 && pieces.last == ""
    let number = pieces.count > 1 ? Int(pieces[1]) ?? 0 : -1
    sections[base, default: []].append(Section(number: number, isEncoded: isEncoded, text: text))
  }

  private static func joined(_ sections: [Section]) -> String {
    // The plain form, for old programs, gives way to the one with a character set.
    let extended = sections.filter { $0.number >= 0 }.sorted { $0.number < $1.number }
    guard let first = extended.first else {
      return EncodedWords.decode(sections.first?.text ?? [])
    }
    var set: CharacterSet?
    var bytes: [UInt8] = []
    for (index, section) in extended.enumerated() {
      var text = section.text[...]
      if index == 0, first.isEncoded {
        let quotes = text.indices.filter { text[$0] == UInt8(ascii: "'") }.prefix(2)
        if quotes.count == 2, let start = quotes.first, let end = quotes.last {
          set = CharacterSet(label: text[..<start].string)
          text = text[(end + 1)...]
        }
      }
      bytes += section.isEncoded ? percentDecoded(text) : Array(text)
    }
    return EncodedWords.text(bytes, set)
  }

  private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let value = TransferEncoding.byte(text[index + 1], text[index + 2])
      {
        result.append(value)
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// Reads up to one of the marks, which do not count inside quotes.
  private static func token(
    _ bytes: [UInt8],
    _ position: inout Int,
    until marks: [UInt8]
  ) -> (text: [UInt8], isQuoted: Bool) {
    var result: [UInt8] = []
    var isInQuotes = false
    var wasQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if isInQuotes {
        if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
          position += 1
          result.append(bytes[position])
        } else if byte == UInt8(ascii: "\"") {
          isInQuotes = false
        } else {
          result.append(byte)
        }
      } else if byte == UInt8(ascii: "\"") {
        isInQuotes = true
        if !wasQuoted { result.removeAll { $0.isWhitespace } }
        wasQuoted = true
      } else if marks.contains(byte) {
        break
      } else if !wasQuoted || !byte.isWhitespace {
        result.append(byte)
      }
      position += 1
    }
    return (result, wasQuoted)
  }
}
