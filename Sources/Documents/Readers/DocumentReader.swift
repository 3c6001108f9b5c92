/// Turns the bytes of one file into an ``ExtractedDocument``.
public enum DocumentReader {
  /// Grows whenever a reader would make something else of the same bytes, so that what was read
  /// before is read again.
  public static let version = 1

  /// Reads a file's content.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: Its path within its source; the name helps to choose the reader and is the title of
  ///     last resort.
  /// - Returns: The text with its structure.
  /// - Throws: ``DocumentError`` when the content is empty, binary, malformed, or of a format that
  ///   has no reader yet.
  public static func extract(_ bytes: [UInt8], path: String) throws -> ExtractedDocument {
    let named = FormatDetector.format(ofName: path)
    let seen = FormatDetector.format(ofContent: bytes.prefix(FormatDetector.headerLength))
    try refuse(seen: seen, path: path)
    if case .unreadable(let name) = named { throw DocumentError.unreadable(name, path: path) }
    guard !bytes.isEmpty else { throw DocumentError.emptyFile(path) }
    guard let text = TextDecoder.decode(bytes) else { throw DocumentError.notText(path) }
    guard !text.bytes[...].isBlank else { throw DocumentError.emptyFile(path) }

    var document = try read(text, as: format(named: named, seen: seen, text: text), path: path)
    document.warnings = text.warnings + document.warnings
    return document
  }

  private static func read(
    _ text: DecodedText,
    as format: FileFormat,
    path: String
  ) throws -> ExtractedDocument {
    switch format {
    case .markdown: MarkdownReader.read(text, path: path)
    case .csv, .tsv: CSVReader.read(text, path: path, format: format)
    case .html: HTMLReader.read(text, path: path)
    case .json: try JSONReader.read(text, path: path)
    case .jsonLines: try JSONLinesReader.read(text, path: path)
    default: PlainTextReader.read(text, path: path)
    }
  }

  /// HTML is known by its first tag whatever the name says; otherwise the name decides, and for
  /// names that say nothing the content is looked at.
  private static func format(
    named: FileFormat?,
    seen: FileFormat?,
    text: DecodedText
  ) -> FileFormat {
    if seen == .html { return .html }
    if let named, named != .sqlite { return named }
    switch text.bytes.first(where: { !$0.isWhitespace }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    default: return .plainText
    }
  }

  private static func refuse(seen: FileFormat?, path: String) throws {
    switch seen {
    case .unreadable(let name): throw DocumentError.unreadable(name, path: path)
    case .sqlite:
      throw DocumentError(
        .unsupportedFormat,
        "\(path) is a SQLite database, not text",
        subject: path,
        remedy: "Give the file the extension .sqlite, so that its tables are read."
      )
    default: break
    }
  }
}
