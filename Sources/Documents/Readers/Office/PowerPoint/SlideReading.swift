/// One slide: collects what stands on it and writes it under its title.
struct SlideReading {
  private enum Content {
    case text([SlideText.Paragraph])
    case table(OfficeTable)
    case chart(String)
    case diagram(String)
  }

  private(set) var title = ""
  private let package: OfficePackage
  private let relationships: [String: OfficePackage.Relationship]
  private let number: Int
  /// Where the layout puts the placeholders that say nothing about it themselves.
  private let inherited: [String: PageBox]
  private var titleBox: PageBox?
  private var items: [(box: PageBox?, content: Content)] = []

  init(package: OfficePackage, part: String, number: Int, layouts: SlideLayouts) throws {
    self.package = package
    self.number = number
    relationships = try package.relationships(of: part)
    inherited = try layouts.boxes(relationships)
  }

  mutating func read(_ root: XMLElement) {
    guard let tree = root.first("p:cSld", "p:spTree") else { return }
    shapes(in: tree, SlideTransform())
  }

  func write(authors: CommentAuthors, into builder: inout DocumentBuilder) throws {
    let heading = title.isEmpty ? "Slide \(number)" : title
    builder.append(.heading(level: 1), heading, origin: origin(titleBox))
    for index in SlideOrder.arrange(items.map(\.box)) {
      let (box, content) = items[index]
      let origin = origin(box)
      switch content {
      case .text(let paragraphs):
        for paragraph in paragraphs {
          builder.append(paragraph.kind, paragraph.text, origin: origin)
        }
      case .table(var table):
        for index in table.rows.indices { table.rows[index].origin = origin }
        table.write(into: &builder)
      case .chart(let id):
        guard let part = relationships[id]?.target, let root = try package.tree(part) else {
          continue
        }
        let (title, table) = ChartText.read(root, origin: origin)
        builder.append(.paragraph, title, origin: origin)
        table.write(into: &builder)
      case .diagram(let id):
        guard let part = relationships[id]?.target, let root = try package.tree(part) else {
          continue
        }
        for words in DrawingText.diagram(root) {
          builder.append(.listItem, "- " + words, origin: origin)
        }
      }
    }
    try writeNotes(authors, into: &builder)
  }

  private func writeNotes(
    _ authors: CommentAuthors,
    into builder: inout DocumentBuilder
  ) throws {
    let origin = origin(nil)
    let others = relationships.values.sorted { $0.target < $1.target }
    for notes in others where notes.kind == "notesSlide" {
      guard let root = try package.tree(notes.target) else { continue }
      let bodies = root.descendants(["p:sp"]).filter {
        $0.first("p:nvSpPr", "p:nvPr", "p:ph")?["type"] == "body"
      }
      let lines = bodies.compactMap { $0.first("p:txBody") }
        .flatMap { SlideText.paragraphs($0) }.map(\.text)
      if !lines.isEmpty {
        builder.append(.paragraph, "Notes: " + lines.joined(separator: "\n"), origin: origin)
      }
    }
    for comments in others where comments.kind == "comments" {
      guard let root = try package.tree(comments.target) else { continue }
      for text in authors.comments(in: root) { builder.append(.paragraph, text, origin: origin) }
    }
  }

  private func origin(_ box: PageBox?) -> Origin { .pages(number...number, box: box) }

  // MARK: Shapes

  private mutating func shapes(in element: XMLElement, _ transform: SlideTransform) {
    for child in element.elements {
      switch child.name {
      case "p:grpSp":
        shapes(in: child, transform.inside(child.first("p:grpSpPr", "a:xfrm")))
      case "p:graphicFrame": frame(child, transform)
      case "mc:AlternateContent":
        let before = items.count
        for choice in child.all("mc:Choice") where items.count == before {
          shapes(in: choice, transform)
        }
        if items.count == before, let fallback = child.first("mc:Fallback") {
          shapes(in: fallback, transform)
        }
      case "p:nvGrpSpPr", "p:grpSpPr", "p:extLst": break
      default: shape(child, transform)
      }
    }
  }

  private mutating func shape(_ element: XMLElement, _ transform: SlideTransform) {
    guard let body = element.first("p:txBody") else {
      // A kind of shape that is not known may hold ones that are.
      if !["p:pic", "p:cxnSp", "p:sp"].contains(element.name) { shapes(in: element, transform) }
      return
    }
    let place = element.first("p:nvSpPr", "p:nvPr", "p:ph")
    let keys = place.map(SlideLayouts.keys) ?? []
    let box =
      transform.box(element.first("p:spPr", "a:xfrm"))
      ?? keys.compactMap { inherited[$0] }.first
    let kind = place?["type"] ?? "obj"
    switch kind {
    // Repeated on every slide.
    case "sldNum", "dt", "ftr", "hdr": return
    case "title", "ctrTitle":
      let words = body.all("a:p").map(SlideText.line).joined(separator: " ")
      let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard title.isEmpty, !line.isEmpty else { break }
      title = line
      titleBox = box
      return
    default: break
    }
    let isOutline = place != nil && (kind == "obj" || kind == "body")
    let paragraphs = SlideText.paragraphs(body, isOutline: isOutline)
    if !paragraphs.isEmpty { items.append((box, .text(paragraphs))) }
  }

  private mutating func frame(_ element: XMLElement, _ transform: SlideTransform) {
    let box = transform.box(element.first("p:xfrm"))
    guard let data = element.first("a:graphic", "a:graphicData") else { return }
    if let table = data.first("a:tbl") {
      items.append((box, .table(Self.table(table, origin: origin(box)))))
    }
    if let id = data.first("c:chart")?["r:id"] { items.append((box, .chart(id))) }
    if let id = data.first("dgm:relIds")?["r:dm"] { items.append((box, .diagram(id))) }
  }

  private static func table(_ element: XMLElement, origin: Origin) -> OfficeTable {
    var table = OfficeTable()
    for row in element.all("a:tr") {
      var cells: [OfficeTable.Cell] = []
      for cell in row.all("a:tc") {
        // Cells under a merged one are still there, marked.
        if ["1", "true"].contains(cell["hMerge"]) { continue }
        let lines = cell.first("a:txBody").map { SlideText.paragraphs($0).map(\.text) } ?? []
        cells.append(
          OfficeTable.Cell(
            text: lines.joined(separator: "\n"),
            span: cell.attributes.int("gridSpan") ?? 1,
            continuesAbove: ["1", "true"].contains(cell["vMerge"])
          )
        )
      }
      table.rows.append(.init(cells: cells, origin: origin))
    }
    return table
  }
}
