/// A format that a file can have: one with a reader, or one that is known and cannot be read yet.
enum FileFormat: Hashable, Sendable {
  case markdown, plainText, html, csv, tsv, json, jsonLines, sqlite
  /// Known, without a reader; the name completes "… cannot be read yet".
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
    case .sqlite: "application/vnd.sqlite3"
    case .unreadable: "application/octet-stream"
    }
  }
}
