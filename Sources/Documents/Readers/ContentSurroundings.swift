/// What is said of a file by what it came in, such as the headers of a web server's answer.
struct ContentSurroundings: Hashable, Sendable {
  var characterSet: CharacterSet?
  /// Takes the place of the format that the file's name promises.
  var format: FileFormat?
}

extension FileFormat {
  /// The format that a media type stands for; nil for those that say little, and those that are
  /// recognised by their content.
  init?(mediaType: String) {
    switch mediaType {
    case "text/html", "application/xhtml+xml": self = .html
    case "text/markdown": self = .markdown
    case "text/csv": self = .csv
    case "text/tab-separated-values": self = .tsv
    case "application/json": self = .json
    case "application/jsonl", "application/x-ndjson": self = .jsonLines
    case "application/xml", "text/xml": self = .xml
    case "message/rfc822": self = .mail
    case "application/mbox": self = .mailbox
    default:
      guard mediaType.hasSuffix("+xml"), !mediaType.hasPrefix("image/") else { return nil }
      self = .xml
    }
  }
}
