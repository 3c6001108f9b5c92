/// The header of a message or of one of its parts.
struct MIMEHeaders {
  /// More than these are not read.
  private static let maximumFields = 2000
  private static let maximumFieldBytes = 1 << 20

  private var fields: [(name: String, value: [UInt8])] = []
  /// Where the header ends and where, after the blank line, the body begins.
  private(set) var end: Int
  private(set) var bodyStart: Int

  /// Reads a header that begins at the range's start.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var position = range.lowerBound
    end = position
    bodyStart = range.upperBound
    while position < range.upperBound {
      let line = MIMELine(bytes, at: position, limit: range.upperBound)
      if line.content.isEmpty {
        bodyStart = line.next
        break
      }
      add(bytes[line.content])
      end = line.content.upperBound
      position = line.next
    }
  }

  /// The first field of a name, unfolded and decoded.
  func text(_ name: String) -> String? {
    guard let value = value(name) else { return nil }
    let text = EncodedWords.decode(value).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  /// All fields of a name, such as several `To` lines, joined by commas.
  func list(_ name: String) -> String? {
    let texts = fields.filter { $0.name == name }.map { EncodedWords.decode($0.value).trimmed }
      .filter { !$0.isEmpty }
    guard !texts.isEmpty else { return nil }
    return texts.joined(separator: ", ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// The first field of a name with its parameters.
  func parameters(_ name: String) -> MIMEParameters? { value(name).map { MIMEParameters($0) } }

  /// Whether a field is there that only mails have.
  var looksLikeMail: Bool { fields.contains { Self.telling.contains($0.name) } }

  private func value(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    if let first = line.first, first == 0x20 || first == 0x09 {
      guard let last = fields.indices.last,
        fields[last].value.count + line.count <= Self.maximumFieldBytes
      else { return }
      fields[last].value += [0x20] + line.trimmingWhitespace()
      return
    }
    guard fields.count < Self.maximumFields, let colon = line.firstIndex(of: UInt8(ascii: ":")),
      line.count <= Self.maximumFieldBytes
    else { return }
    let name = line[..<colon].trimmingWhitespace()
    guard !name.isEmpty, name.count <= 100, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return
    }
    let value = line[line.index(after: colon)...].trimmingWhitespace()
    fields.append((name.string.lowercased(), Array(value)))
  }

  private static let telling: Set<String> = [
    "from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "return-path",
    "content-type", "delivered-to", "reply-to", "sender", "x-mailer",
  ]
}
