/// Who wrote the comments of a presentation.
struct CommentAuthors {
  private var names: [String: String] = [:]

  init(package: OfficePackage, presentation: String) throws {
    for relationship in try package.relationships(of: presentation).values
    where relationship.kind == "commentAuthors" || relationship.kind == "authors" {
      guard let root = try package.tree(relationship.target) else { continue }
      for author in root.elements {
        if let id = author["id"], let name = author["name"] { names[id] = name }
      }
    }
  }

  /// The comments of one part: old ones and those in threads with their answers.
  func comments(in root: XMLElement) -> [String] {
    root.descendants(["p:cm", "p188:cm"]).flatMap { comment -> [String] in
      [text(comment)] + comment.descendants(["p188:reply"]).map(text)
    }
    .filter { !$0.isEmpty }
  }

  private func text(_ comment: XMLElement) -> String {
    let own = comment.first("p:text")?.text
    let paragraphs = comment.first("p188:txBody")?.all("a:p").map { paragraph in
      paragraph.descendants(["a:t"]).map(\.text).joined()
    }
    let words = (own ?? paragraphs?.joined(separator: "\n") ?? "").trimmed
    let author = comment["authorId"].flatMap { names[$0] } ?? ""
    return words.isEmpty
      ? "" : WordNotes.comment(by: author, on: comment["dt"] ?? comment["created"]) + words
  }
}
