/// Reads Rich Text Format: paragraphs, headings by their styles, lists and tables.
enum RTFReader {
  static func read(_ bytes: [UInt8], path: String) throws -> ExtractedDocument {
    guard bytes.starts(with: Array("{\\rtf".utf8)) else {
      throw DocumentError(
        .malformed,
        "\(path) is not RTF: it does not begin with {\\rtf",
        subject: path,
        remedy: "Save it again as RTF, or give the file the extension of its real format."
      )
    }
    var parser = RTFParser(bytes)
    parser.run()
    var builder = DocumentBuilder()
    parser.output.write(to: &builder)
    guard !builder.blocks.isEmpty else { throw DocumentError.emptyFile(path) }
    builder.metadata = parser.facts.mapValues(\.trimmed).filter { !$0.value.isEmpty }
    if parser.isCut { builder.warnings.append("the file is cut off; what is there was read") }
    let heading = builder.blocks.first { $0.kind == .heading(level: 1) }
    let words = heading.flatMap {
      IndexedText(String(decoding: builder.utf8, as: UTF8.self)).slice($0.characters)
    }
    return builder.document(
      title: builder.metadata["title"] ?? words ?? FormatDetector.baseName(path),
      mediaType: FileFormat.rtf.mediaType
    )
  }
}
