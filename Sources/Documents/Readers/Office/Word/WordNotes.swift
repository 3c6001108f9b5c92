/// Footnotes, endnotes and comments: their texts, ready to stand behind the paragraph they belong to.
struct WordNotes {
  private var texts: [String: (text: String, origin: Origin)] = [:]

  init() {}

  /// Reads the parts that hold them.
  init(package: OfficePackage, relationships: [String: OfficePackage.Relationship]) throws {
    let kinds = [
      ("footnotes", "f", "w:footnote"), ("endnotes", "e", "w:endnote"),
      ("comments", "c", "w:comment"),
    ]
    for (kind, letter, name) in kinds {
      let targets = relationships.values.filter { $0.kind == kind }.map(\.target).sorted()
      guard let part = targets.first, let root = try package.tree(part) else { continue }
      for (index, element) in root.all(name).enumerated() {
        // Lines that separate notes from the text are stored as notes.
        guard let id = element["w:id"], ["normal", nil].contains(element["w:type"]) else {
          continue
        }
        let words = element.descendants(["w:p"]).map { paragraph in
          var inline = WordInline()
          inline.read(paragraph)
          return inline.text.trimmed
        }
        let text = words.filter { !$0.isEmpty }.joined(separator: "\n")
        guard !text.isEmpty else { continue }
        let author = letter == "c" ? element["w:author"]?.trimmed ?? "" : ""
        let label = letter == "c" ? Self.comment(by: author, on: element["w:date"]) : "Note: "
        texts[letter + id] = (label + text, .elements(part: part, (index + 1)...(index + 1)))
      }
    }
  }

  /// The pieces for the marks that stand in a paragraph.
  func pieces(_ marks: [String]) -> [WordPiece] {
    marks.compactMap { mark in
      texts[mark].map { .block(.paragraph, $0.text, $0.origin) }
    }
  }

  /// What stands in front of a comment: who made it and when, as far as that is known.
  static func comment(by author: String, on date: String?) -> String {
    let start = author.isEmpty ? "Comment" : "Comment by \(author)"
    guard let date = date?.trimmed, !date.isEmpty else { return start + ": " }
    return "\(start), \(date): "
  }
}
