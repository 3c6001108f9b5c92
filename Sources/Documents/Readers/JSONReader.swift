/// Reads JSON, and what else has its values: objects in lists become rows, other values lines `key.path: value`.
///
/// Every block's origin is a JSON pointer.
struct JSONReader {
  private var builder = DocumentBuilder()
  private let name: String

  private init(name: String) { self.name = name }

  /// - Throws: ``DocumentError`` `malformed` with line and column.
  static func read(_ text: DecodedText, path: String) throws -> ExtractedDocument {
    let value: JSONValue
    do {
      value = try JSONParser.parse(text.bytes[...])
    } catch {
      if let document = JSONLinesReader.readDisguised(text, path: path) { return document }
      throw malformed(error, text.bytes, path: path)
    }
    return document(
      of: [value],
      name: FormatDetector.baseName(path),
      mediaType: FileFormat.json.mediaType
    )
  }

  /// The document that a file's values make. Where there are several, each stands under a heading, and its
  /// number, counted from 1, comes first in its pointers.
  static func document(
    of values: [JSONValue],
    name: String,
    mediaType: String
  ) -> ExtractedDocument {
    var reader = JSONReader(name: name)
    guard values.count > 1 else {
      let value = values.first ?? .null
      reader.append(value, key: "", pointer: "", level: 0)
      return reader.builder.document(
        title: reader.title(of: value) ?? name,
        mediaType: mediaType,
        table: reader.table(of: value)
      )
    }
    for (index, value) in values.enumerated() where value.isContainer || value.scalarText != nil {
      let pointer = "\(index + 1)"
      let heading = reader.title(of: value) ?? "\(name) \(pointer)"
      reader.builder.append(.heading(level: 1), heading, origin: .pointer(pointer))
      reader.append(value, key: "", pointer: pointer, level: 1)
    }
    return reader.builder.document(title: name, mediaType: mediaType)
  }

  private func title(of value: JSONValue) -> String? {
    guard case .object(let members) = value else { return nil }
    let title = members.first { ["title", "name"].contains($0.key.lowercased()) }
    guard case .string(let text)? = title?.value, !text.trimmed.isEmpty,
      text.utf8.count <= 200, !text.contains("\n")
    else { return nil }
    return text.trimmed
  }

  /// A list of objects is a table.
  private func table(of value: JSONValue) -> TableDescription? {
    guard case .array(let elements) = value, !elements.isEmpty else { return nil }
    var columns: [String] = []
    var seen: Set<String> = []
    for element in elements {
      guard case .object = element else { return nil }
      for cell in JSONFlattening.cells(element) where seen.insert(cell.column).inserted {
        columns.append(cell.column)
      }
    }
    return TableDescription(name: name, columns: columns, rowCount: elements.count)
  }

  private mutating func append(_ value: JSONValue, key: String, pointer: String, level: Int) {
    switch value {
    case .object(let members): append(members, pointer: pointer, level: level)
    case .array(let elements):
      let hasParts = elements.contains(where: \.isContainer)
      guard hasParts else {
        lines(JSONFlattening.cells(value, path: key), pointer: pointer)
        return
      }
      for (index, element) in elements.enumerated() {
        builder.appendRow(
          label: key.isEmpty ? name : key,
          cells: JSONFlattening.cells(element),
          origin: .pointer("\(pointer)/\(index)")
        )
      }
    default: lines(JSONFlattening.cells(value, path: key), pointer: pointer)
    }
  }

  /// The plain members first, as one paragraph; then each part under a heading of its own.
  private mutating func append(_ members: [JSONValue.Member], pointer: String, level: Int) {
    let plain = members.filter { !Self.hasParts($0.value) }
    lines(plain.flatMap { JSONFlattening.cells($0.value, path: $0.key) }, pointer: pointer)
    for member in members where Self.hasParts(member.value) {
      let below = "\(pointer)/\(JSONFlattening.step(member.key))"
      builder.append(
        .heading(level: min(level + 1, 6)),
        member.key,
        origin: .pointer(below)
      )
      append(member.value, key: member.key, pointer: below, level: level + 1)
    }
  }

  private static func hasParts(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let members): !members.isEmpty
    case .array(let elements): elements.contains(where: \.isContainer)
    default: false
    }
  }

  private mutating func lines(_ cells: [DocumentBuilder.Cell], pointer: String) {
    let text = cells.map { "\($0.column): \($0.value)" }.joined(separator: "\n")
    builder.append(.paragraph, text, origin: .pointer(pointer))
  }

  private static func malformed(
    _ fault: JSONParser.Fault,
    _ bytes: [UInt8],
    path: String
  ) -> DocumentError {
    let place = TextPlace(offset: fault.offset, in: bytes)
    return DocumentError(
      .malformed,
      "\(path) is not valid JSON: \(fault.reason) (\(place))",
      subject: path,
      remedy: "Correct the file there, then sync again."
    )
  }
}
