/// Metadata that a person keeps beside a file: `report.pdf.meta.yaml` says what is known of `report.pdf`.
///
/// A sidecar is a YAML or JSON mapping of names to values. It is no document of its own while the file it
/// is about is there.
struct Sidecar {
  /// What is put behind a file's name; where several are there, the first counts.
  static let suffixes = [".meta.yaml", ".meta.yml", ".meta.json"]
  static let maximumBytes = 1 << 20
  static let maximumValues = 200
  static let maximumValueBytes = 10_000

  /// What it says, by lower-case name.
  private(set) var values: [String: String] = [:]
  private(set) var warnings: [String] = []
  /// Differs where the content does.
  private(set) var hash = ""

  /// The name of the file that a sidecar of this name is about, or nil where the name is none of a
  /// sidecar.
  static func subject(of name: String) -> String? {
    guard let suffix = suffixes.first(where: name.hasSuffix), name.count > suffix.count else {
      return nil
    }
    return String(name.dropLast(suffix.count))
  }

  /// The sidecar beside a file on disk. A link is none: it may lead anywhere.
  static func status(beside file: String) -> (suffix: String, status: FileStatus)? {
    suffixes.lazy.compactMap { suffix in
      guard let status = try? FileStatus(file + suffix, followingLinks: false),
        status.kind == .file
      else { return nil }
      return (suffix, status)
    }.first
  }

  /// Reads a sidecar from where `read` finds it. What is wrong with it is told in `warnings`.
  init(path: String, read: () throws -> [UInt8]) {
    var bytes: [UInt8] = []
    do {
      bytes = try read()
      hash = ContentHash.of(bytes)
      try take(bytes, path: path)
    } catch let error as JSONParser.Fault {
      let place = TextPlace(offset: error.offset, in: bytes)
      warn(path, "is not valid JSON: \(error.reason) (\(place)); it was passed over")
    } catch let error as YAMLParser.Fault {
      warn(path, "is not valid YAML: \(error.reason) (\(error.place)); it was passed over")
    } catch {
      let reason = (error as? DocumentError)?.message ?? "it cannot be read"
      warn(path, "was passed over: \(reason)")
    }
  }

  /// The document with what the sidecar says, which counts more than what the document says of itself.
  func describing(_ document: ExtractedDocument) -> ExtractedDocument {
    var document = document
    document.metadata.merge(values) { $1 }
    if let title = values["title"] { document.title = title }
    document.warnings += warnings
    return document
  }

  private mutating func take(_ bytes: [UInt8], path: String) throws {
    guard bytes.count <= Self.maximumBytes, let text = TextDecoder.decode(bytes)?.bytes else {
      return warn(path, "is not text of at most \(Self.maximumBytes >> 20) MiB; it was passed over")
    }
    let isJSON = FormatDetector.fileExtension(path) == "json"
    let documents = isJSON ? [try JSONParser.parse(text[...])] : try YAMLParser.parse(text)
    guard documents.count == 1, case .object? = documents.first else {
      return warn(path, "does not hold names with values (line 1); it was passed over")
    }
    let cells = JSONFlattening.cells(documents[0])
    for cell in cells.prefix(Self.maximumValues) {
      let name = cell.column.lowercased().trimmed
      let value = cell.value.trimmed
      guard !name.isEmpty, !value.isEmpty else { continue }
      guard value.utf8.count <= Self.maximumValueBytes else {
        warn(path, "has a value of more than \(Self.maximumValueBytes) bytes, which was left out")
        continue
      }
      values[name] = value
    }
    if cells.count > Self.maximumValues {
      warn(path, "has more than \(Self.maximumValues) values; the rest was left out")
    }
  }

  private mutating func warn(_ path: String, _ reason: String) {
    warnings.append("\(FormatDetector.fileName(path)) \(reason)")
  }
}
