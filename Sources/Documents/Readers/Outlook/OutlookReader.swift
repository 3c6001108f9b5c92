/// Reads Outlook's message files, and tells the other files of the same container apart.
enum OutlookReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let message = try message(bytes, path: path, limits: limits)
    var builder = DocumentBuilder()
    message.envelope.write(to: &builder, origin: .elements(part: "headers", 1...1))
    var number = 0
    func next() -> Origin {
      number += 1
      return .elements(part: "body", number...number)
    }
    let properties = message.properties
    let html =
      properties.binary(0x1013) ?? properties.text(0x1013).map { Array($0.utf8) } ?? []
    if let plain = properties.text(0x1000), let text = TextDecoder.decode(Array(plain.utf8)) {
      MailText(text: text).write(to: &builder) { _ in next() }
    } else if let text = TextDecoder.decode(html, declared: properties.codePageSet) {
      let document = HTMLReader.read(text, path: path, mainContentOnly: false)
      builder.append(document) { _, _ in next() }
    } else if let packed = properties.binary(0x1009) {
      let limit = limits.maximumUnpackedBytes
      if let rtf = CompressedRTF.unpack(packed, limit: limit),
        let document = try? RTFReader.read(rtf, path: path)
      {
        builder.append(document) { _, _ in next() }
      } else {
        builder.warnings.append("the message's rich text is damaged and was left out")
      }
    }
    guard !builder.blocks.isEmpty else { throw DocumentError.emptyFile(path) }
    return builder.document(
      title: message.envelope.subject ?? FormatDetector.baseName(path),
      mediaType: FileFormat.outlook.mediaType
    )
  }

  static func parts(
    of bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> [DocumentPart] {
    let message = try message(bytes, path: path, limits: limits)
    let file = message.properties.file
    return message.attachments.map { name, content in
      switch content {
      case .bytes(let bytes): DocumentPart(name: name, size: bytes.count) { bytes }
      case .message(let storage):
        DocumentPart(name: name) { OutlookMail.mail(file, storage: storage, limits: limits) }
      }
    }
  }

  private static func message(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> OutlookMessage {
    guard let file = CompoundFile(bytes) else { throw corrupt(path) }
    let names = Set(file.children(of: 0).map(\.name))
    if names.contains("EncryptedPackage") || names.contains("EncryptionInfo") {
      throw DocumentError(
        .encrypted,
        "\(path) is an Office file that is protected by a password",
        subject: path,
        remedy: "Save a copy without a password, or leave it out."
      )
    }
    for (stream, kind, suffix) in legacy where names.contains(stream) {
      throw DocumentError(
        .unsupportedFormat,
        "\(path) is \(kind) in the format of Office before 2007, which cannot be read",
        subject: path,
        remedy: "Open it and save it as .\(suffix), which is read."
      )
    }
    let message = OutlookMessage(file, storage: 0, limits: limits)
    guard !message.isEmpty else { throw corrupt(path) }
    return message
  }

  private static func corrupt(_ path: String) -> DocumentError {
    DocumentError(
      .corrupt,
      "\(path) is damaged: no message can be found in it",
      subject: path,
      remedy: "Export the message again, if possible as EML."
    )
  }

  private static let legacy = [
    ("WordDocument", "a Word document", "docx"), ("Workbook", "an Excel workbook", "xlsx"),
    ("Book", "an Excel workbook", "xlsx"),
    ("PowerPoint Document", "a PowerPoint presentation", "pptx"),
  ]
}
