/// Counts the items of a document's lists, so that each gets the number a reader sees.
struct WordNumbering {
  private struct Level {
    var format = "decimal"
    var text: String?
    var start = 1
    var isLegal = false
  }

  /// The definition behind each list, and the levels that start anew in it.
  private var definitions: [String: String] = [:]
  private var restarts: [String: [Int: Int]] = [:]
  private var levels: [String: [Int: Level]] = [:]
  private var counters: [String: [Int: Int]] = [:]
  private var started: Set<String> = []

  init() {}

  init(_ root: XMLElement) {
    for element in root.all("w:abstractNum") {
      guard let id = element["w:abstractNumId"] else { continue }
      levels[id] = Self.levels(element)
    }
    for element in root.all("w:num") {
      guard let id = element["w:numId"], let definition = element.first("w:abstractNumId")?["w:val"]
      else { continue }
      definitions[id] = definition
      for change in element.all("w:lvlOverride") {
        guard let level = change.attributes.int("w:ilvl") else { continue }
        if let start = change.first("w:startOverride")?.attributes.int("w:val") {
          restarts[id, default: [:]][level] = start
        }
        guard change.first("w:lvl") != nil else { continue }
        // A list with levels of its own counts by itself.
        let own = "\(definition)/\(id)"
        let changed = Self.levels(change)
        levels[own] = (levels[own] ?? levels[definition] ?? [:]).merging(changed) { $1 }
        definitions[id] = own
      }
    }
  }

  /// The mark of the list's next item: `- `, `3. ` or `2.1 `; nil where there is no such list.
  mutating func next(list: String, level: Int) -> String? {
    guard let definition = definitions[list], let known = levels[definition] else { return nil }
    let level = min(max(level, 0), 8)
    let current = known[level] ?? Level()
    var counts = counters[definition] ?? [:]
    if started.insert(list).inserted {
      for (level, start) in restarts[list] ?? [:] { counts[level] = start &- 1 }
    }
    counts[level] = (counts[level] ?? current.start &- 1) &+ 1
    for deeper in (level + 1)..<10 { counts[deeper] = nil }
    counters[definition] = counts
    switch current.format {
    case "bullet": return "- "
    case "none": return ""
    default: break
    }
    var text = current.text ?? "%\(level + 1)."
    for place in 0...level {
      let shape = current.isLegal ? "decimal" : known[place]?.format ?? "decimal"
      let value = counts[place] ?? known[place]?.start ?? 1
      text = text.replacing("%\(place + 1)", with: OrdinalText.write(value, as: shape))
    }
    text = text.trimmed
    return text.isEmpty ? "" : text + " "
  }

  private static func levels(_ element: XMLElement) -> [Int: Level] {
    var result: [Int: Level] = [:]
    for child in element.all("w:lvl") {
      guard let number = child.attributes.int("w:ilvl"), (0...8).contains(number) else { continue }
      var level = Level()
      level.format =
        child.first("w:numFmt")?["w:val"]
        ?? child.first("mc:AlternateContent", "mc:Fallback", "w:numFmt")?["w:val"] ?? "decimal"
      level.text = child.first("w:lvlText")?["w:val"]
      level.start = child.first("w:start")?.attributes.int("w:val") ?? 1
      level.isLegal = child.first("w:isLgl") != nil
      result[number] = level
    }
    return result
  }
}
