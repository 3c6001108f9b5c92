/// Turns an OpenDocument text into pieces in reading order; paragraphs are counted.
final class OpenTextCollector {
  private static let part = "content.xml"

  /// The first heading of the highest level.
  private(set) var title: String?
  private var titleLevel = Int.max
  private var count = 0
  /// How many more cells may stand for repeated ones.
  private var repeats = 500_000
  /// Whether the levels of a list are numbered, by the list's style.
  private var numbered: [String: [Int: Bool]] = [:]

  init(styles root: XMLElement) {
    for style in root.first("office:automatic-styles")?.all("text:list-style") ?? [] {
      guard let name = style["style:name"] else { continue }
      var levels: [Int: Bool] = [:]
      for level in style.elements {
        guard let number = level.attributes.int("text:level") else { continue }
        levels[number] = level.name == "text:list-level-style-number"
      }
      numbered[name] = levels
    }
  }

  func pieces(in element: XMLElement) -> [WordPiece] {
    element.elements.flatMap { child -> [WordPiece] in
      switch child.name {
      case "text:p": return paragraph(child, .paragraph, mark: "")
      case "text:h":
        let level = min(max(child.attributes.int("text:outline-level") ?? 1, 1), 9)
        return paragraph(child, .heading(level: level), mark: "")
      case "text:list": return list(child, level: 1, style: nil)
      case "table:table": return table(child)
      case "text:tracked-changes", "office:forms", "text:sequence-decls", "svg:title", "svg:desc":
        return []
      default: return pieces(in: child)
      }
    }
  }

  private func paragraph(_ element: XMLElement, _ kind: Block.Kind, mark: String) -> [WordPiece] {
    count += 1
    let origin = Origin.elements(part: Self.part, count...count)
    var inline = OpenInline()
    inline.read(element)
    let text = inline.text.withoutHardSpaces.trimmed
    var result: [WordPiece] = []
    if !text.isEmpty { result.append(.block(kind, mark + text, origin)) }
    if case .heading(let level) = kind, level < titleLevel, !text.isEmpty {
      (title, titleLevel) = (text, level)
    }
    for box in inline.boxes { result += pieces(in: box) }
    for element in inline.tables { result += table(element) }
    for note in inline.notes { result.append(.block(.paragraph, note, origin)) }
    return result
  }

  private func list(_ element: XMLElement, level: Int, style: String?) -> [WordPiece] {
    let style = element["text:style-name"] ?? style
    let isNumbered = style.flatMap { numbered[$0]?[level] } ?? false
    var number = 0
    var result: [WordPiece] = []
    for item in element.elements
    where item.name == "text:list-item" || item.name == "text:list-header" {
      var isFirst = true
      number += 1
      for child in item.elements {
        switch child.name {
        case "text:list": result += list(child, level: level + 1, style: style)
        case "text:p":
          let mark = !isFirst ? "" : isNumbered ? "\(number). " : "- "
          result += paragraph(child, .listItem, mark: mark)
          isFirst = false
        case "text:h":
          let level = min(max(child.attributes.int("text:outline-level") ?? 1, 1), 9)
          result += paragraph(child, .heading(level: level), mark: "")
        default: result += pieces(in: child)
        }
      }
    }
    return result
  }

  // MARK: Tables

  func table(_ element: XMLElement) -> [WordPiece] {
    var table = OfficeTable()
    var open: [Int: Int] = [:]
    collectRows(element, isHeader: false, into: &table, &open)
    return table.isEmpty ? [] : [.table(table)]
  }

  private func collectRows(
    _ element: XMLElement,
    isHeader: Bool,
    into table: inout OfficeTable,
    _ open: inout [Int: Int]
  ) {
    for child in element.elements {
      switch child.name {
      case "table:table-row": table.rows.append(row(child, isHeader: isHeader, &open))
      case "table:table-header-rows":
        collectRows(child, isHeader: true, into: &table, &open)
      case "table:table-rows", "table:table-row-group":
        collectRows(child, isHeader: isHeader, into: &table, &open)
      default: break
      }
    }
  }

  /// Reads a row; `open` counts the rows that cells from above still cover, by column.
  private func row(_ element: XMLElement, isHeader: Bool, _ open: inout [Int: Int])
    -> OfficeTable.Row
  {
    let before = count
    var cells: [OfficeTable.Cell] = []
    var column = 0
    var covered = 0
    for child in element.elements {
      let wanted = child.attributes.int("table:number-columns-repeated") ?? 1
      let times = max(min(wanted, 1000, repeats), 1)
      repeats -= times - 1
      if child.name == "table:covered-table-cell" {
        for _ in 0..<times {
          if let rows = open[column], rows > 0 {
            open[column] = rows - 1
            cells.append(.init(text: "", continuesAbove: true))
          } else if covered == 0 {
            cells.append(.init(text: ""))
          }
          if covered > 0 { covered -= 1 }
          column += 1
        }
        continue
      }
      guard child.name == "table:table-cell" else { continue }
      let text = WordPiece.text(pieces(in: child))
      let spanned = child.attributes.int("table:number-columns-spanned") ?? 1
      let span = times > 1 ? 1 : max(min(spanned, 1000, repeats), 1)
      repeats -= span - 1
      let rows = min(max(child.attributes.int("table:number-rows-spanned") ?? 1, 1), 100_000)
      for _ in 0..<times {
        for offset in 0..<span { open[column + offset] = rows - 1 }
        cells.append(.init(text: text, span: span))
        column += 1
      }
      covered = span - 1
    }
    let range = min(before + 1, max(count, 1))...max(count, 1)
    return .init(cells: cells, origin: .elements(part: Self.part, range), isHeader: isHeader)
  }
}
