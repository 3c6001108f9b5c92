/// Reads a mailbox file (mbox): a table of its messages, which are its parts.
enum MailboxReader {
  private static let columns = ["Date", "From", "To", "Subject"]

  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    if FormatDetector.format(ofName: path) == .mail {
      return try MailReader.read(bytes, path: path, limits: limits)
    }
    let mailbox = Mailbox(bytes, maximum: limits.maximumParts)
    guard !mailbox.messages.isEmpty else { throw malformed(bytes, path) }
    let file = FormatDetector.fileName(path)
    var builder = DocumentBuilder()
    for (index, range) in mailbox.messages.enumerated() {
      let envelope = MailEnvelope(MIMEHeaders(bytes, range))
      let values = [
        envelope.isoDate ?? envelope.date, envelope.from, envelope.to, envelope.subject,
      ]
      let cells: [DocumentBuilder.Cell] = zip(columns, values).compactMap { name, value in
        value.map { (name, String($0.unicodeScalars.prefix(2000))) }
      }
      let origin = Origin.row(table: file, key: "\(index + 1)")
      builder.appendRow(label: FormatDetector.baseName(path), cells: cells, origin: origin)
    }
    if mailbox.isCut {
      builder.warnings.append(
        "it holds more than \(limits.maximumParts) messages; the rest was not read"
      )
    }
    guard !builder.blocks.isEmpty else { throw malformed(bytes, path) }
    return builder.document(
      title: FormatDetector.baseName(path),
      mediaType: FileFormat.mailbox.mediaType,
      table: TableDescription(name: file, columns: columns, rowCount: mailbox.messages.count)
    )
  }

  static func parts(
    of bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> [DocumentPart] {
    if FormatDetector.format(ofName: path) == .mail {
      return try MailReader.parts(of: bytes, path: path, limits: limits)
    }
    let messages = Mailbox(bytes, maximum: limits.maximumParts).messages
    return messages.enumerated().map { index, range in
      DocumentPart(name: "\(index + 1).eml", size: range.count) {
        Mailbox.message(range, of: bytes)
      }
    }
  }

  private static func malformed(_ bytes: [UInt8], _ path: String) -> DocumentError {
    if bytes[...].isBlank { return .emptyFile(path) }
    return DocumentError(
      .malformed,
      "\(path) is not a mailbox: no line in it begins a message",
      subject: path,
      remedy: "Export the mailbox again as mbox, or give the file the extension of its format."
    )
  }
}
