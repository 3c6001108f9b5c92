/// Reads the slides of an OpenDocument presentation, or the pages of a drawing.
enum OpenSlides {
  /// Writes all slides; returns the first one's title.
  static func write(
    _ element: XMLElement,
    _ collector: OpenTextCollector,
    into builder: inout DocumentBuilder
  ) -> String? {
    var first: String?
    for (index, page) in element.all("draw:page").enumerated() {
      let number = index + 1
      let frames = page.elements.filter { $0.name != "presentation:notes" }
      let header = frames.first { $0["presentation:class"] == "title" }
      let title = header.map { words(WordPiece.text(collector.pieces(in: $0))) } ?? ""
      builder.append(
        .heading(level: 1),
        title.isEmpty ? "Slide \(number)" : title,
        origin: .pages(number...number, box: header.flatMap(box))
      )
      if first == nil, !title.isEmpty { first = title }
      let others = frames.filter { $0 !== header }
      for place in SlideOrder.arrange(others.map(box)) {
        let origin = Origin.pages(number...number, box: box(others[place]))
        let wrapper = XMLElement(name: "office:text")
        wrapper.append(.element(others[place]))
        let pieces = collector.pieces(in: wrapper).map { placed($0, origin) }
        WordPiece.write(pieces, into: &builder)
      }
      if let notes = page.first("presentation:notes") {
        let text = WordPiece.text(collector.pieces(in: notes))
        if !text.isEmpty {
          let origin = Origin.pages(number...number, box: nil)
          builder.append(.paragraph, "Notes: " + text, origin: origin)
        }
      }
    }
    return first
  }

  private static func placed(_ piece: WordPiece, _ origin: Origin) -> WordPiece {
    switch piece {
    case .block(let kind, let text, _): return .block(kind, text, origin)
    case .table(var table):
      for index in table.rows.indices { table.rows[index].origin = origin }
      return .table(table)
    }
  }

  private static func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func box(_ frame: XMLElement) -> PageBox? {
    guard let left = points(frame["svg:x"]), let top = points(frame["svg:y"]),
      let width = points(frame["svg:width"]), let height = points(frame["svg:height"])
    else { return nil }
    return PageBox(left: left, top: top, right: left + width, bottom: top + height)
  }

  /// A length such as `2.54cm` in points.
  private static func points(_ text: String?) -> Double? {
    guard let text, text.count > 2, let value = Double(text.dropLast(2)), value.isFinite else {
      return nil
    }
    let unit: Double
    switch text.suffix(2) {
    case "cm": unit = 72 / 2.54
    case "mm": unit = 7.2 / 2.54
    case "in": unit = 72
    case "pt": unit = 1
    default: return nil
    }
    return (value * unit * 100).rounded() / 100
  }
}
