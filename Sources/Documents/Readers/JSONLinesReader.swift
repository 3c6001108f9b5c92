/// Reads JSON Lines: each line is a value of its own and becomes a row.
///
/// A block's origin is the line's number, counted from 1.
enum JSONLinesReader {
  /// - Throws: ``DocumentError`` `malformed` when not one line is JSON.
  static func read(_ text: DecodedText, path: String) throws -> ExtractedDocument {
    let reading = Reading(text, name: FormatDetector.baseName(path))
    guard reading.good > 0 || reading.bad.isEmpty else {
      throw DocumentError(
        .malformed,
        "\(path) is not JSON Lines: no line is valid JSON",
        subject: path,
        remedy: "Write one JSON value on each line, or name the file .json or .txt."
      )
    }
    return reading.document
  }

  /// JSON Lines under the name of a JSON file: every line but the odd one must be a value, and
  /// there must be more than one.
  static func readDisguised(_ text: DecodedText, path: String) -> ExtractedDocument? {
    let reading = Reading(text, name: FormatDetector.baseName(path), limitOfBadLines: 1)
    guard reading.good > 1, reading.bad.count <= 1, reading.objects == reading.good else {
      return nil
    }
    return reading.document
  }

  private struct Reading {
    private(set) var good = 0
    private(set) var objects = 0
    private(set) var bad: [(line: Int, reason: String)] = []
    private var builder = DocumentBuilder()
    private var columns: [String] = []
    private let name: String

    init(_ text: DecodedText, name: String, limitOfBadLines: Int = .max) {
      self.name = name
      var seen: Set<String> = []
      for (index, line) in TextLines(text.bytes).ranges.enumerated() {
        let content = text.bytes[line]
        guard !content.isBlank else { continue }
        do {
          let value = try JSONParser.parse(content)
          good += 1
          if case .object = value { objects += 1 }
          let cells = JSONFlattening.cells(value)
          for cell in cells where seen.insert(cell.column).inserted { columns.append(cell.column) }
          builder.appendRow(label: name, cells: cells, origin: .pointer("\(index + 1)"))
        } catch {
          bad.append((index + 1, error.reason))
          if bad.count > limitOfBadLines { return }
        }
      }
    }

    var document: ExtractedDocument {
      var builder = builder
      builder.warnings += bad.prefix(5).map { "line \($0.line) was left out: \($0.reason)" }
      if bad.count > 5 { builder.warnings.append("\(bad.count - 5) more lines were left out") }
      return builder.document(
        title: name,
        mediaType: FileFormat.jsonLines.mediaType,
        table: TableDescription(name: name, columns: columns, rowCount: good)
      )
    }
  }
}
