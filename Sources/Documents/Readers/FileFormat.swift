/// A format that a file can have: one with a reader, or one that is known and cannot be read.
enum FileFormat: Hashable, Sendable {
  case markdown, plainText, html, csv, tsv, json, jsonLines, yaml, sqlite
  case xml, rtf, pdf, word, powerPoint, excel, openDocument, epub
  /// One message; a file of many; Outlook's own form of one.
  case mail, mailbox, outlook
  case zip
  /// Known, without a reader; the name completes "… cannot be read".
  case unreadable(String)

  /// The media type of what a reader makes of it.
  var mediaType: String {
    switch self {
    case .markdown: "text/markdown"
    case .plainText: "text/plain"
    case .html: "text/html"
    case .csv: "text/csv"
    case .tsv: "text/tab-separated-values"
    case .json: "application/json"
    case .jsonLines: "application/jsonl"
    case .yaml: "application/yaml"
    case .sqlite: "application/vnd.sqlite3"
    case .xml: "application/xml"
    case .rtf: "application/rtf"
    case .pdf: "application/pdf"
    case .word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .powerPoint: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    case .excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .openDocument: "application/vnd.oasis.opendocument"
    case .epub: "application/epub+zip"
    case .mail: "message/rfc822"
    case .mailbox: "application/mbox"
    case .outlook: "application/vnd.ms-outlook"
    case .zip: "application/zip"
    case .unreadable: "application/octet-stream"
    }
  }

  /// Whether its reader takes the bytes as they are instead of decoded text.
  var isBinary: Bool {
    switch self {
    case .rtf, .pdf, .word, .powerPoint, .excel, .openDocument, .epub, .mail, .mailbox, .outlook,
      .zip:
      true
    default: false
    }
  }
}
