/// What stands in one paragraph of an OpenDocument text, and what hangs on it.
struct OpenInline {
  private(set) var text = ""
  private(set) var boxes: [XMLElement] = []
  private(set) var tables: [XMLElement] = []
  /// Notes and comments in order.
  private(set) var notes: [String] = []

  mutating func read(_ element: XMLElement) {
    for child in element.children {
      switch child {
      // Line ends and runs of spaces in the file stand for one space.
      case .text(let words): append(words)
      case .element(let child): readChild(child)
      }
    }
  }

  private mutating func append(_ words: String) {
    for scalar in words.unicodeScalars {
      if scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
        if let last = text.unicodeScalars.last, last != " ", last != "\n" { text += " " }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  private mutating func readChild(_ child: XMLElement) {
    switch child.name {
    case "text:s":
      let count = min(max(child.attributes.int("text:c") ?? 1, 1), 1000)
      text += String(repeating: " ", count: count)
    case "text:tab": text += "\t"
    case "text:line-break": text += "\n"
    case "text:note": if let body = child.first("text:note-body") { note("Note: ", body) }
    case "office:annotation":
      let author = child.first("dc:creator")?.text.trimmed ?? ""
      note(WordNotes.comment(by: author, on: child.first("dc:date")?.text), child)
    case "draw:text-box": boxes.append(child)
    case "table:table": tables.append(child)
    case "text:ruby-text", "svg:title", "svg:desc", "draw:image", "office:annotation-end": break
    default: read(child)
    }
  }

  private mutating func note(_ label: String, _ element: XMLElement) {
    let words = element.descendants(["text:p", "text:h"]).map { paragraph in
      var inline = OpenInline()
      inline.read(paragraph)
      return inline.text.trimmed
    }
    let text = words.filter { !$0.isEmpty }.joined(separator: "\n")
    if !text.isEmpty { notes.append(label + text) }
  }
}
