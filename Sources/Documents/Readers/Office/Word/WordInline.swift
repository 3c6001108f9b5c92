/// What stands in one paragraph: its words, and what hangs on it.
struct WordInline {
  private(set) var text = ""
  /// Contents of text boxes that are anchored here.
  private(set) var boxes: [XMLElement] = []
  /// Identifiers of charts and diagrams.
  private(set) var charts: [String] = []
  private(set) var diagrams: [String] = []
  /// Footnotes (`f` and their identifier), endnotes (`e`) and comments (`c`) in order.
  private(set) var notes: [String] = []

  /// Reads a paragraph or a part of one.
  mutating func read(_ element: XMLElement) {
    for child in element.elements { readChild(child) }
  }

  private mutating func readChild(_ child: XMLElement) {
    switch child.name {
    case "w:t": text += child.text
    case "w:tab", "w:ptab": text += "\t"
    case "w:br", "w:cr": text += "\n"
    case "w:noBreakHyphen": text += "-"
    case "w:sym": text += Self.symbol(child)
    case "w:footnoteReference": note("f", child)
    case "w:endnoteReference": note("e", child)
    case "w:commentReference": note("c", child)
    case "m:oMath", "m:oMathPara": equation(child)
    case "mc:AlternateContent": readAlternative(child)
    case "w:drawing", "w:pict", "w:object": drawing(child)
    case "w:sdt": readControl(child)
    case "w:ruby": if let base = child.first("w:rubyBase") { read(base) }
    case "w:fldChar":
      if let box = child.first("w:ffData", "w:checkBox") { text += Self.checkBox(box) }
    // What was deleted, and what only says how things look.
    case "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:pPr", "w:rPr", "w:rt", "w:tbl",
      "w:delInstrText":
      break
    default: read(child)
    }
  }

  private mutating func note(_ kind: String, _ element: XMLElement) {
    guard let id = element["w:id"] else { return }
    notes.append(kind + id)
  }

  private mutating func equation(_ element: XMLElement) {
    if element.name == "m:oMathPara" {
      for part in element.all("m:oMath") { equation(part) }
      return
    }
    let formula = EquationText.write(element).trimmed
    guard !formula.isEmpty else { return }
    if let last = text.unicodeScalars.last, !last.isSpace { text += " " }
    text += "$\(formula)$ "
  }

  /// Word writes new things twice: as they are and for older programs.
  private mutating func readAlternative(_ element: XMLElement) {
    let before = (text, boxes.count, charts.count, diagrams.count)
    for choice in element.all("mc:Choice") {
      read(choice)
      let after = (text, boxes.count, charts.count, diagrams.count)
      if after != before { return }
    }
    if let fallback = element.first("mc:Fallback") { read(fallback) }
  }

  private mutating func drawing(_ element: XMLElement) {
    let wanted: Set<String> = ["w:txbxContent", "c:chart", "dgm:relIds", "mc:AlternateContent"]
    for found in element.descendants(wanted) {
      switch found.name {
      case "w:txbxContent": boxes.append(found)
      case "c:chart": if let id = found["r:id"] { charts.append(id) }
      case "dgm:relIds": if let id = found["r:dm"] { diagrams.append(id) }
      default:
        let count = boxes.count
        for choice in found.all("mc:Choice") where boxes.count == count { drawing(choice) }
        if boxes.count == count, let fallback = found.first("mc:Fallback") { drawing(fallback) }
      }
    }
  }

  private mutating func readControl(_ element: XMLElement) {
    guard let content = element.first("w:sdtContent") else { return }
    guard let box = element.first("w:sdtPr", "w14:checkbox") else { return read(content) }
    let state = box.first("w14:checked")?["w14:val"]
    text += state == "1" || state == "true" ? "[x]" : "[ ]"
  }

  private static func checkBox(_ element: XMLElement) -> String {
    let state = element.first("w:checked") ?? element.first("w:default")
    let isOff = state == nil || ["0", "false", "off"].contains(state?["w:val"] ?? "1")
    return isOff ? "[ ]" : "[x]"
  }

  /// Signs of fonts that have none of Unicode's; the ones that mean something in a text.
  private static func symbol(_ element: XMLElement) -> String {
    guard let code = element["w:char"].flatMap({ UInt32($0, radix: 16) }) else { return "" }
    switch code & 0xFF {
    case 0xFE, 0xFD, 0x54, 0x78, 0x53, 0x52: return "[x]"
    case 0xA8, 0x6F, 0x72, 0x71: return "[ ]"
    case 0xFC: return "✓"
    case 0xE0: return "→"
    default:
      guard code < 0xE000 || code > 0xF8FF, let scalar = Unicode.Scalar(code) else { return "" }
      return String(Character(scalar))
    }
  }
}
