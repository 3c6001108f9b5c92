/// Turns the bytes of one file into an ``ExtractedDocument``.
public enum DocumentReader {
  /// Grows whenever a reader would make something else of the same bytes, so that what was read
  /// before is read again.
  public static let version = 3

  /// Reads a file's content.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: Its path within its source; the name helps to choose the reader and is the title of
  ///     last resort.
  ///   - limits: How far packed files and helper programs may go.
  /// - Returns: The text with its structure.
  /// - Throws: ``DocumentError`` when the content is empty, binary, malformed, or of a format that
  ///   has no reader.
  public static func extract(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits = SourceLimits()
  ) throws -> ExtractedDocument {
    try extract(bytes, path: path, surroundings: nil, limits: limits)
  }

  /// The same for a file of which something is said by what it came in.
  static func extract(
    _ bytes: [UInt8],
    path: String,
    surroundings: ContentSurroundings?,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    var document = try read(bytes, path: path, surroundings: surroundings, limits: limits)
    if document.metadata["language"] == nil {
      document.metadata["language"] = LanguageDetector.language(of: document.text)
    }
    return document
  }

  private static func read(
    _ bytes: [UInt8],
    path: String,
    surroundings: ContentSurroundings?,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    guard !bytes.isEmpty else { throw DocumentError.emptyFile(path) }
    let named = surroundings == nil ? FormatDetector.format(ofName: path) : surroundings?.format
    let seen = FormatDetector.format(ofContent: bytes[...])
    try refuse(seen: seen, path: path)
    if let format = binaryFormat(named: named, seen: seen) {
      return try read(bytes, as: format, path: path, limits: limits)
    }
    if case .unreadable(let name) = named { throw DocumentError.unreadable(name, path: path) }
    guard let text = TextDecoder.decode(bytes, declared: surroundings?.characterSet) else {
      throw DocumentError.notText(path)
    }
    guard !text.bytes[...].isBlank else { throw DocumentError.emptyFile(path) }

    let format = format(named: named, seen: seen, text: text)
    var document = try read(text, as: format, isNamed: format == named, path: path)
    document.warnings = text.warnings + document.warnings
    return document
  }

  /// The documents that lie inside a file: attachments of a mail, messages of a mailbox, files of an
  /// archive. Empty for all other formats.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: Its path within its source.
  ///   - limits: How much may be unpacked.
  /// - Returns: The parts in the order they lie in; their bytes are unpacked when they are asked for.
  /// - Throws: ``DocumentError`` where the file is damaged or holds more than the limits allow.
  public static func parts(
    of bytes: [UInt8],
    path: String,
    limits: SourceLimits = SourceLimits()
  ) throws -> [DocumentPart] {
    try parts(of: bytes, path: path, surroundings: nil, limits: limits)
  }

  static func parts(
    of bytes: [UInt8],
    path: String,
    surroundings: ContentSurroundings?,
    limits: SourceLimits
  ) throws -> [DocumentPart] {
    let named = surroundings == nil ? FormatDetector.format(ofName: path) : surroundings?.format
    let seen = FormatDetector.format(ofContent: bytes[...])
    switch binaryFormat(named: named, seen: seen) {
    case .mail: return try MailReader.parts(of: bytes, path: path, limits: limits)
    case .mailbox: return try MailboxReader.parts(of: bytes, path: path, limits: limits)
    case .outlook: return try OutlookReader.parts(of: bytes, path: path, limits: limits)
    case .zip: return try ZipReader.parts(of: bytes, path: path, limits: limits)
    default: return []
    }
  }

  private static func read(
    _ bytes: [UInt8],
    as format: FileFormat,
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    switch format {
    case .pdf: try PDFReader.read(bytes, path: path, limits: limits)
    case .word: try WordReader.read(bytes, path: path, limits: limits)
    case .powerPoint: try PowerPointReader.read(bytes, path: path, limits: limits)
    case .excel: try ExcelReader.read(bytes, path: path, limits: limits)
    case .openDocument: try OpenDocumentReader.read(bytes, path: path, limits: limits)
    case .epub: try EPUBReader.read(bytes, path: path, limits: limits)
    case .rtf: try RTFReader.read(bytes, path: path)
    case .mail: try MailReader.read(bytes, path: path, limits: limits)
    case .mailbox: try MailboxReader.read(bytes, path: path, limits: limits)
    case .outlook: try OutlookReader.read(bytes, path: path, limits: limits)
    case .zip: try ZipReader.read(bytes, path: path, limits: limits)
    default: throw DocumentError.notText(path)
    }
  }

  private static func read(
    _ text: DecodedText,
    as format: FileFormat,
    isNamed: Bool,
    path: String
  ) throws -> ExtractedDocument {
    switch format {
    case .markdown: MarkdownReader.read(text, path: path)
    case .csv, .tsv: CSVReader.read(text, path: path, format: format)
    case .html: HTMLReader.read(text, path: path)
    case .json: try JSONReader.read(text, path: path)
    case .jsonLines: try JSONLinesReader.read(text, path: path)
    case .yaml: try YAMLReader.read(text, path: path, isNamed: isNamed)
    case .xml: try XMLReader.read(text, path: path)
    default: PlainTextReader.read(text, path: path)
    }
  }

  /// What the content shows decides; a mail has no mark of its own and is known by its name.
  private static func binaryFormat(named: FileFormat?, seen: FileFormat?) -> FileFormat? {
    if let seen, seen.isBinary { return seen }
    if named == .mail || named == .mailbox { return named }
    return nil
  }

  /// HTML is known by its first tag whatever the name says; otherwise the name decides, and for
  /// names that say nothing the content is looked at.
  private static func format(
    named: FileFormat?,
    seen: FileFormat?,
    text: DecodedText
  ) -> FileFormat {
    if seen == .html { return .html }
    if let named, named != .sqlite, !named.isBinary { return named }
    switch text.bytes.first(where: { !$0.isWhitespace }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    default: return YAMLReader.looksLikeYAML(text.bytes[...]) ? .yaml : .plainText
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
