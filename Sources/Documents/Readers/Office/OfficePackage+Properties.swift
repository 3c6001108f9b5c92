/// What the document says about itself.
extension OfficePackage {
  /// The core properties: title, author, dates, subject and keywords, where they are given.
  func coreProperties() throws -> [String: String] {
    let relationship = try relationships(of: "").values.first { $0.kind == "core-properties" }
    guard let root = try tree(relationship?.target ?? "docProps/core.xml") else { return [:] }
    return Self.properties(root)
  }

  /// The properties among an element's children, by the names that all readers use.
  static func properties(_ element: XMLElement) -> [String: String] {
    var result: [String: String] = [:]
    for child in element.elements {
      guard let key = keys[child.name], result[key] == nil else { continue }
      let value = child.text.trimmed
      if !value.isEmpty, value.utf8.count <= 10_000 { result[key] = value }
    }
    return result
  }

  /// The document's title, where it is one a person gave it.
  static func title(_ properties: [String: String]) -> String? {
    guard let title = properties["title"], title.utf8.count <= 300,
      !emptyTitles.contains(title.lowercased()), !title.hasPrefix("Microsoft Word - ")
    else { return nil }
    return title.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// What programs write where nobody gave a title.
  private static let emptyTitles: Set<String> = [
    "powerpoint presentation", "powerpoint-präsentation", "présentation powerpoint",
    "presentación de powerpoint", "word document", "untitled", "document1", "slide 1",
  ]

  private static let keys: [String: String] = [
    "dc:title": "title", "dc:creator": "author", "dc:subject": "subject",
    "cp:keywords": "keywords", "meta:keyword": "keywords", "dcterms:created": "created",
    "dcterms:modified": "modified", "meta:creation-date": "created", "dc:date": "modified",
    "meta:initial-creator": "author", "dc:language": "language",
  ]
}

extension DocumentError {
  /// For a file whose main part is missing or wholly unreadable.
  static func noContent(_ path: String, kind: String, warnings: [String]) -> DocumentError {
    DocumentError(
      .malformed,
      "\(path) cannot be read as a \(kind): the part with its content is missing or damaged",
      subject: path,
      cause: warnings.first,
      remedy: "Open it in the program that made it and save it again."
    )
  }
}
