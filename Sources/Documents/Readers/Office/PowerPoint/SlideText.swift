/// The paragraphs of a shape's text.
enum SlideText {
  struct Paragraph {
    var text: String
    var kind: Block.Kind
  }

  /// Reads a text body; numbered paragraphs get their numbers.
  static func paragraphs(_ body: XMLElement, isOutline: Bool = false) -> [Paragraph] {
    let all = body.all("a:p")
    var counts = [Int](repeating: 0, count: 10)
    var result: [Paragraph] = []
    for element in all {
      let text = line(element).withoutHardSpaces.trimmed
      guard !text.isEmpty else { continue }
      let properties = element.first("a:pPr")
      let level = min(max(properties?.attributes.int("lvl") ?? 0, 0), 8)
      for deeper in (level + 1)..<10 { counts[deeper] = 0 }
      if let numbers = properties?.first("a:buAutoNum") {
        let start = numbers.attributes.int("startAt") ?? 1
        counts[level] = counts[level] == 0 ? start : counts[level] &+ 1
        let number = number(counts[level], numbers["type"] ?? "")
        result.append(Paragraph(text: number + " " + text, kind: .listItem))
        continue
      }
      counts[level] = 0
      let hasBullet = properties?.first("a:buChar") != nil || properties?.first("a:buBlip") != nil
      let isItem = hasBullet || (isOutline && all.count > 1 && properties?.first("a:buNone") == nil)
      result.append(
        Paragraph(text: isItem ? "- " + text : text, kind: isItem ? .listItem : .paragraph)
      )
    }
    return result
  }

  /// The words of one paragraph.
  static func line(_ element: XMLElement) -> String {
    var text = ""
    for child in element.elements {
      switch child.name {
      case "a:r": text += child.first("a:t")?.text ?? ""
      case "a:br": text += "\n"
      case "a:fld":
        // Numbers of pages and the present date are not part of what is said.
        let kind = child["type"] ?? ""
        if kind != "slidenum", !kind.hasPrefix("datetime") {
          text += child.first("a:t")?.text ?? ""
        }
      case "a14:m", "m:oMath", "m:oMathPara":
        let formula = EquationText.write(child).trimmed
        if !formula.isEmpty { text += "$\(formula)$ " }
      case "mc:AlternateContent":
        let choice = child.first("mc:Choice").map(line) ?? ""
        text += choice.isEmpty ? child.first("mc:Fallback").map(line) ?? "" : choice
      default: break
      }
    }
    return text
  }

  private static func number(_ value: Int, _ type: String) -> String {
    let shapes = ["alphaLc", "alphaUc", "romanLc", "romanUc"]
    let text = OrdinalText.write(value, as: shapes.first(where: type.hasPrefix) ?? "")
    if type.hasSuffix("ParenBoth") { return "(\(text))" }
    if type.hasSuffix("ParenR") { return "\(text))" }
    return "\(text)."
  }
}
