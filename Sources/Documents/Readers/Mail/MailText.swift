/// Cuts the plain text of a message into paragraphs, with quoted mails and the signature apart.
struct MailText {
  let text: DecodedText
  /// Whether lines that end in a space go on in the next one (RFC 3676).
  var isFlowed = false

  private enum Part { case words, quote, signature }

  /// Appends the blocks to a document; `origin` is given each one's place in the decoded text.
  func write(to builder: inout DocumentBuilder, origin: (Range<Int>) -> Origin) {
    var lines: [Range<Int>] = []
    var part = Part.words
    func flush() {
      guard let first = lines.first, let last = lines.last else { return }
      builder.append(
        .paragraph,
        words(lines, part)[...],
        origin: origin(first.lowerBound..<last.upperBound)
      )
      lines.removeAll(keepingCapacity: true)
    }
    for line in TextLines(text.bytes).ranges {
      let bytes = text.bytes[line]
      if bytes.isBlank || (part == .quote && unquoted(bytes).isBlank) {
        flush()
        continue
      }
      if part == .signature {
        lines.append(line)
        continue
      }
      if isSignatureMark(bytes) {
        flush()
        part = .signature
        continue
      }
      let next = bytes.first == UInt8(ascii: ">") ? Part.quote : .words
      if next != part { flush() }
      part = next
      if part == .quote, unquoted(bytes).isBlank { continue }
      lines.append(line)
    }
    flush()
  }

  private func isSignatureMark(_ line: ArraySlice<UInt8>) -> Bool {
    line.elementsEqual("-- ".utf8) || line.elementsEqual("--".utf8)
  }

  /// Without the marks of quotation.
  private func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.drop { $0 == UInt8(ascii: ">") || $0 == 0x20 }
  }

  private func words(_ lines: [Range<Int>], _ part: Part) -> [UInt8] {
    switch part {
    case .words where !isFlowed: return Array(PlainTextReader.joined(lines, text.bytes))
    case .signature:
      return Array(lines.map { text.bytes[$0].trimmingWhitespace() }.joined(separator: [0x0A]))
    case .words, .quote:
      // One mark stands for the whole quotation.
      var result: [UInt8] = part == .quote ? Array("> ".utf8) : []
      var needsBreak = false
      for line in lines {
        if needsBreak { result.append(0x0A) }
        let bytes = part == .quote ? unquoted(text.bytes[line]) : text.bytes[line]
        result += bytes
        needsBreak = !isFlowed || bytes.last != 0x20
      }
      return result
    }
  }
}
