/// Reads a message (RFC 5322, MIME): its envelope as a row, its text, and what is attached as parts.
///
/// Plain text is preferred to HTML where a message has both. Quoted mails and the signature stay, as
/// paragraphs of their own.
enum MailReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    var (message, isCut) = try parse(bytes, path: path, limits: limits)
    let body = MailBody(message, in: bytes)
    var builder = DocumentBuilder()
    var envelope = MailEnvelope(message.headers)
    envelope.attachments = body.attachments.map(\.name)
    envelope.write(to: &builder, origin: .bytes(message.range.lowerBound..<message.headers.end))
    var element = 0
    for text in body.texts { write(text, of: bytes, to: &builder, element: &element, path: path) }
    if body.isEncrypted {
      builder.warnings.append("the message is encrypted; only its envelope was read")
    }
    isCut = isCut || message.children.count > limits.maximumParts
    if isCut { builder.warnings.append("it has too many parts; the rest of them was not read") }
    guard !builder.blocks.isEmpty else { throw DocumentError.emptyFile(path) }
    return builder.document(
      title: envelope.subject ?? FormatDetector.baseName(path),
      mediaType: FileFormat.mail.mediaType
    )
  }

  static func parts(
    of bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> [DocumentPart] {
    let message = try parse(bytes, path: path, limits: limits).message
    return MailBody(message, in: bytes).attachments.map { name, entity in
      let isPlain = entity.encoding == .identity
      return DocumentPart(name: name, size: isPlain ? entity.body.count : nil) {
        entity.content(bytes)
      }
    }
  }

  private static func parse(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> (message: MIMEEntity, isCut: Bool) {
    var start = bytes.firstIndex { !$0.isWhitespace } ?? bytes.count
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if bytes[start...].starts(withText: "From ") {
      start = MIMELine(bytes, at: start, limit: bytes.count).next
    }
    guard start < bytes.count else { throw DocumentError.emptyFile(path) }
    var remaining = limits.maximumParts
    let message = MIMEEntity(bytes, start..<bytes.count, remaining: &remaining)
    guard message.headers.looksLikeMail else {
      throw DocumentError(
        .malformed,
        "\(path) is not a mail: it does not begin with header lines such as From and Subject",
        subject: path,
        remedy: "Export the message again as EML, or give the file the extension of its format."
      )
    }
    return (message, remaining == 0)
  }

  /// Appends one text part. A part that lies in the file as it is leads back to its bytes; one that
  /// was encoded, or is HTML, counts its paragraphs.
  private static func write(
    _ part: MIMEEntity,
    of bytes: [UInt8],
    to builder: inout DocumentBuilder,
    element: inout Int,
    path: String
  ) {
    let content = part.content(bytes)
    guard !content[...].isBlank else { return }
    let declared = part.typeParameters["charset"].flatMap { CharacterSet(label: $0) }
    guard let text = TextDecoder.decode(content, declared: declared) else {
      builder.warnings.append("a text part holds binary data and was left out")
      return
    }
    builder.warnings += text.warnings
    var number = element
    func next() -> Origin {
      number += 1
      return .elements(part: "body", number...number)
    }
    if part.type == "text/html" {
      let document = HTMLReader.read(text, path: path, mainContentOnly: false)
      builder.append(document) { _, _ in next() }
    } else {
      let isFlowed = part.typeParameters["format"]?.lowercased() == "flowed"
      let start = part.body.lowerBound
      let isPlain = part.encoding == .identity && text.isMapped
      MailText(text: text, isFlowed: isFlowed).write(to: &builder) { range in
        guard isPlain else { return next() }
        let original = text.original(range)
        return .bytes(start + original.lowerBound..<start + original.upperBound)
      }
    }
    element = number
  }
}
