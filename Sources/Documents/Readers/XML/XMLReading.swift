/// One XML document on its way into blocks. Elements are counted in the order they begin in.
struct XMLReading {
  var builder = DocumentBuilder()
  private(set) var title = ""
  private let part: String
  private var count = 0
  private var isFeed = false

  /// What a feed tells programs, not people.
  private static let machinery: Set<String> = [
    "link", "guid", "id", "generator", "language", "ttl", "docs", "image", "cloud", "commentRss",
    "comments", "updatePeriod", "updateFrequency", "post-id", "thumbnail", "lastBuildDate",
  ]

  /// The longest value that still looks like a field of a record.
  private static let maximumField = 200

  init(part: String) { self.part = part }

  mutating func read(_ element: XMLElement, level: Int = 1) {
    let number = next()
    let elements = element.elements
    if number == 1 { isFeed = ["rss", "feed", "RDF"].contains(Self.local(element.name)) }
    if isFeed, Self.machinery.contains(Self.local(element.name)) { return skip(elements) }
    let hasWords = element.children.contains { child in
      if case .text(let text) = child { !text.utf8.allSatisfy(\.isWhitespace) } else { false }
    }
    if hasWords || elements.isEmpty {
      skip(elements)
      return write(element, number, level: level)
    }
    let heading = elements.first { Self.local($0.name) == "title" && !$0.text.trimmed.isEmpty }
    if heading == nil, let cells = Self.record(element, elements) {
      skip(elements)
      return builder.appendRow(
        label: Self.local(element.name),
        cells: cells,
        origin: .elements(part: part, number...count)
      )
    }
    for child in elements {
      if child === heading {
        write(heading: child, level: level)
      } else {
        read(child, level: heading == nil ? level : min(level + 1, 6))
      }
    }
  }

  private mutating func next() -> Int {
    count += 1
    return count
  }

  private mutating func skip(_ elements: [XMLElement]) {
    for element in elements {
      count += 1
      skip(element.elements)
    }
  }

  private mutating func write(heading element: XMLElement, level: Int) {
    let number = next()
    skip(element.elements)
    let words = Self.words(element.text)
    if title.isEmpty { title = words }
    builder.append(
      .heading(level: min(level, 6)),
      words,
      origin: .elements(part: part, number...count)
    )
  }

  private mutating func write(_ element: XMLElement, _ number: Int, level: Int) {
    let origin = Origin.elements(part: part, number...count)
    let text = element.text
    guard !text.trimmed.isEmpty else {
      // What has no text says what it says in its attributes.
      let cells = element.attributes.values.filter { !$0.value.trimmed.isEmpty }
        .map { ($0.name, $0.value.trimmed) }
      return builder.appendRow(label: Self.local(element.name), cells: cells, origin: origin)
    }
    // Feeds carry HTML as text.
    if text.contains("</") || text.contains("/>") {
      let html = Array(("<html>" + text).utf8)
      if let decoded = TextDecoder.decode(html) {
        let document = HTMLReader.read(decoded, path: part)
        let indexed = IndexedText(document.text)
        for block in document.blocks {
          let kind: Block.Kind = if case .row = block.kind { .paragraph } else { block.kind }
          builder.append(kind, indexed.slice(block.characters) ?? "", origin: origin)
        }
        return
      }
    }
    builder.append(.paragraph, Self.words(text), origin: origin)
  }

  /// The fields of an element that holds nothing but short values.
  private static func record(
    _ element: XMLElement,
    _ elements: [XMLElement]
  ) -> [DocumentBuilder.Cell]? {
    guard elements.count > 1 else { return nil }
    var cells: [DocumentBuilder.Cell] = element.attributes.values.map { ($0.name, $0.value) }
    for child in elements {
      guard child.elements.isEmpty else { return nil }
      let text = words(child.text)
      guard text.utf8.count <= maximumField, !text.contains("<") else { return nil }
      if !text.isEmpty { cells.append((local(child.name), text)) }
    }
    // The same name again and again is a list, not a record.
    guard Set(cells.map(\.column)).count * 2 > cells.count else { return nil }
    return cells.isEmpty ? nil : cells
  }

  private static func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func local(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }
}
