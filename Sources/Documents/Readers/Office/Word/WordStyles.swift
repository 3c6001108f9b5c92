/// What the styles of a document say about paragraphs.
struct WordStyles {
  private struct Style {
    var name: String
    var parent: String?
    var outline: Int?
    var list: String?
    var level: Int?
  }

  private var styles: [String: Style] = [:]
  private var standard: String?

  init() {}

  init(_ root: XMLElement) {
    for element in root.all("w:style") where element["w:type"] ?? "paragraph" == "paragraph" {
      guard let id = element["w:styleId"] else { continue }
      let properties = element.first("w:pPr")
      let list = properties?.first("w:numPr")
      styles[id] = Style(
        name: element.first("w:name")?["w:val"]?.lowercased() ?? id.lowercased(),
        parent: element.first("w:basedOn")?["w:val"],
        outline: properties?.first("w:outlineLvl")?.attributes.int("w:val"),
        list: list?.first("w:numId")?["w:val"],
        level: list?.first("w:ilvl")?.attributes.int("w:val")
      )
      if element["w:default"] == "1" { standard = id }
    }
  }

  /// The style's name in lower case.
  func name(_ id: String?) -> String {
    guard let id = id ?? standard else { return "" }
    return styles[id]?.name ?? id.lowercased()
  }

  /// The heading level that a style gives, counted from 1; `title` is the first.
  func headingLevel(_ id: String?) -> Int? {
    for style in chain(id) {
      if let outline = style.outline { return (0...8).contains(outline) ? outline + 1 : nil }
      if style.name == "title" { return 1 }
      guard style.name.hasPrefix("heading ") else { continue }
      if let level = Int(style.name.dropFirst(8)), (1...9).contains(level) { return level }
    }
    // A file may use the usual names without saying what they are.
    guard let id, styles[id] == nil, id.lowercased().hasPrefix("heading") else { return nil }
    return Int(id.dropFirst(7)).flatMap { (1...9).contains($0) ? $0 : nil }
  }

  /// The list that a style puts its paragraphs in.
  func list(_ id: String?) -> (list: String, level: Int)? {
    var level: Int?
    for style in chain(id) {
      level = level ?? style.level
      if let list = style.list { return (list, level ?? 0) }
    }
    return nil
  }

  func isTitle(_ id: String?) -> Bool { chain(id).contains { $0.name == "title" } }

  func isCode(_ id: String?) -> Bool { chain(id).contains { Self.code.contains($0.name) } }

  private func chain(_ id: String?) -> [Style] {
    var result: [Style] = []
    var next = id ?? standard
    // Styles that are based on each other in a circle end here.
    while let id = next, result.count < 20, let style = styles[id] {
      result.append(style)
      next = style.parent
    }
    return result
  }

  private static let code: Set<String> = [
    "code", "source code", "code block", "codeblock", "html preformatted", "preformatted text",
    "macro text", "listing", "source",
  ]
}
