/// Turns the parts of a text document into pieces in reading order.
///
/// Paragraphs are counted through each part; their numbers are their origins.
final class WordCollector {
  private let package: OfficePackage
  private let part: String
  private let styles: WordStyles
  private var numbering: WordNumbering
  private let relationships: [String: OfficePackage.Relationship]
  private let notes: WordNotes
  private(set) var count = 0
  /// The first paragraph that has the title's style, and the first and highest heading.
  private(set) var title = ""
  private(set) var firstHeading: (level: Int, text: String)?

  init(
    package: OfficePackage,
    part: String,
    styles: WordStyles,
    numbering: WordNumbering,
    notes: WordNotes
  ) throws {
    self.package = package
    self.part = part
    self.styles = styles
    self.numbering = numbering
    self.notes = notes
    relationships = try package.relationships(of: part)
  }

  /// The pieces of a body, a cell, a text box or a note.
  func pieces(in element: XMLElement) throws -> [WordPiece] {
    var result: [WordPiece] = []
    for child in element.elements {
      switch child.name {
      case "w:p": result += try paragraph(child)
      case "w:tbl": result += try table(child)
      case "w:sdt":
        if let content = child.first("w:sdtContent") { result += try pieces(in: content) }
      case "mc:AlternateContent":
        let branch = child.first("mc:Choice") ?? child.first("mc:Fallback")
        if let branch { result += try pieces(in: branch) }
      case "m:oMathPara", "m:oMath", "w:r":
        // Damaged files have such things outside paragraphs.
        let loose = XMLElement(name: "w:p")
        loose.append(.element(child))
        result += try paragraph(loose)
      case "w:sectPr", "w:pPr", "w:tcPr", "w:tblPr", "w:trPr", "w:del", "w:moveFrom": break
      default: result += try pieces(in: child)
      }
    }
    return result
  }

  // MARK: Paragraphs

  private func paragraph(_ element: XMLElement) throws -> [WordPiece] {
    count += 1
    let origin = Origin.elements(part: part, count...count)
    var inline = WordInline()
    inline.read(element)
    let properties = element.first("w:pPr")
    let style = properties?.first("w:pStyle")?["w:val"]
    let text = inline.text.withoutHardSpaces
    var result: [WordPiece] = []
    if !text.trimmed.isEmpty {
      result.append(block(text, style: style, properties: properties, origin: origin))
    } else if isNumbered(properties, style), !inline.text.isEmpty {
      _ = mark(properties, style)
    }
    for box in inline.boxes { result += try pieces(in: box) }
    for id in inline.charts { result += try chart(id, origin: origin) }
    for id in inline.diagrams { result += try diagram(id, origin: origin) }
    result += notes.pieces(inline.notes)
    return result
  }

  private func block(
    _ text: String,
    style: String?,
    properties: XMLElement?,
    origin: Origin
  ) -> WordPiece {
    if styles.isCode(style) { return .block(.code, text, origin) }
    let text = text.trimmed
    let mark = mark(properties, style)
    if let level = headingLevel(properties, style) {
      let words = (mark ?? "") == "- " ? text : (mark ?? "") + text
      let line = words.split(whereSeparator: \.isNewline).joined(separator: " ")
      if title.isEmpty, styles.isTitle(style) { title = line }
      if firstHeading.map({ level < $0.level }) ?? true { firstHeading = (level, line) }
      return .block(.heading(level: level), line, origin)
    }
    if let mark { return .block(.listItem, mark + text, origin) }
    let name = styles.name(style)
    let isTakenOut = properties?.first("w:numPr", "w:numId")?["w:val"] == "0"
    if name.hasPrefix("list bullet"), !isTakenOut {
      return .block(.listItem, "- " + text, origin)
    }
    return .block(.paragraph, text, origin)
  }

  private func headingLevel(_ properties: XMLElement?, _ style: String?) -> Int? {
    if let direct = properties?.first("w:outlineLvl")?.attributes.int("w:val") {
      return (0...8).contains(direct) ? direct + 1 : nil
    }
    return styles.headingLevel(style)
  }

  private func isNumbered(_ properties: XMLElement?, _ style: String?) -> Bool {
    properties?.first("w:numPr") != nil || styles.list(style) != nil
  }

  /// The mark of the paragraph's list, where it is in one.
  private func mark(_ properties: XMLElement?, _ style: String?) -> String? {
    let direct = properties?.first("w:numPr")
    let inherited = styles.list(style)
    guard let list = direct?.first("w:numId")?["w:val"] ?? inherited?.list, list != "0" else {
      return nil
    }
    let level = direct?.first("w:ilvl")?.attributes.int("w:val") ?? inherited?.level ?? 0
    return numbering.next(list: list, level: level)
  }

  // MARK: Tables

  private func table(_ element: XMLElement) throws -> [WordPiece] {
    var rows: [(row: OfficeTable.Row, pieces: [[WordPiece]])] = []
    try collectRows(element, into: &rows)
    let isNested = rows.contains { $0.pieces.contains { $0.contains(where: \.isTable) } }
    // One column, or a frame around another table, is there for the layout.
    let width = rows.map(\.row.cells.count).max() ?? 0
    if width <= 1 || (isNested && rows.count == 1) {
      return rows.flatMap { $0.pieces.flatMap { $0 } }
    }
    var table = OfficeTable()
    table.rows = rows.map(\.row)
    return [.table(table)]
  }

  private func collectRows(
    _ element: XMLElement,
    into rows: inout [(row: OfficeTable.Row, pieces: [[WordPiece]])]
  ) throws {
    for child in element.elements {
      switch child.name {
      case "w:tr":
        guard child.first("w:trPr", "w:del") == nil else { continue }
        let before = count
        var cells: [OfficeTable.Cell] = []
        var pieces: [[WordPiece]] = []
        let skipped = child.first("w:trPr", "w:gridBefore")?.attributes.int("w:val") ?? 0
        if skipped > 0 { cells.append(.init(text: "", span: skipped)) }
        try collectCells(child, into: &cells, &pieces)
        let range = min(before + 1, max(count, 1))...max(count, 1)
        let mark = child.first("w:trPr", "w:tblHeader")
        let isHeader = mark != nil && !["0", "false", "off"].contains(mark?["w:val"] ?? "1")
        let row = OfficeTable.Row(
          cells: cells,
          origin: .elements(part: part, range),
          isHeader: isHeader
        )
        rows.append((row, pieces))
      case "w:tblPr", "w:tblGrid", "w:del": break
      default: try collectRows(child, into: &rows)
      }
    }
  }

  private func collectCells(
    _ element: XMLElement,
    into cells: inout [OfficeTable.Cell],
    _ pieces: inout [[WordPiece]]
  ) throws {
    for child in element.elements {
      switch child.name {
      case "w:tc":
        let properties = child.first("w:tcPr")
        let content = try self.pieces(in: child)
        let merge = properties?.first("w:vMerge")
        cells.append(
          OfficeTable.Cell(
            text: WordPiece.text(content),
            span: properties?.first("w:gridSpan")?.attributes.int("w:val") ?? 1,
            continuesAbove: merge != nil && merge?["w:val"] != "restart"
          )
        )
        pieces.append(content)
      case "w:trPr", "w:tblPrEx", "w:del": break
      default: try collectCells(child, into: &cells, &pieces)
      }
    }
  }

  // MARK: Charts and diagrams

  private func chart(_ id: String, origin: Origin) throws -> [WordPiece] {
    guard let target = relationships[id]?.target, let root = try package.tree(target) else {
      return []
    }
    let (title, table) = ChartText.read(root, origin: origin)
    return [.block(.paragraph, title, origin), .table(table)]
  }

  private func diagram(_ id: String, origin: Origin) throws -> [WordPiece] {
    guard let target = relationships[id]?.target, let root = try package.tree(target) else {
      return []
    }
    return DrawingText.diagram(root).map { .block(.listItem, "- " + $0, origin) }
  }
}
