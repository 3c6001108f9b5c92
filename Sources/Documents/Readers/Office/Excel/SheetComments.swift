/// The comments on a sheet's cells.
struct SheetComments {
  private let package: OfficePackage
  /// Who takes part in conversations, by identifier.
  private var persons: [String: String] = [:]

  init(package: OfficePackage, workbook: [String: OfficePackage.Relationship]) throws {
    self.package = package
    for relationship in workbook.values where relationship.kind == "person" {
      guard let root = try package.tree(relationship.target) else { continue }
      for person in root.elements {
        if let id = person["id"], let name = person["displayName"] { persons[id] = name }
      }
    }
  }

  /// Writes the comments of a sheet with the cells they are about.
  func write(
    _ relationships: [String: OfficePackage.Relationship],
    of sheet: String,
    into builder: inout DocumentBuilder
  ) throws {
    let parts = relationships.values.sorted { $0.target < $1.target }
    for part in parts where part.kind == "comments" {
      guard let root = try package.tree(part.target) else { continue }
      let authors = root.first("x:authors")?.all("x:author").map(\.text) ?? []
      for comment in root.first("x:commentList")?.all("x:comment") ?? [] {
        let index = comment.attributes.int("authorId") ?? -1
        let author = authors.indices.contains(index) ? authors[index].trimmed : ""
        // Conversations are stored once more in the old form.
        guard !author.hasPrefix("tc=") else { continue }
        let words = comment.descendants(["x:t"]).map(\.text).joined()
        append(words, by: author, on: nil, at: comment["ref"], of: sheet, into: &builder)
      }
    }
    for part in parts where part.kind == "threadedComment" {
      guard let root = try package.tree(part.target) else { continue }
      for comment in root.elements {
        let author = comment["personId"].flatMap { persons[$0] } ?? ""
        let words = comment.first("tc:text")?.text ?? ""
        append(words, by: author, on: comment["dT"], at: comment["ref"], of: sheet, into: &builder)
      }
    }
  }

  private func append(
    _ words: String,
    by author: String,
    on date: String?,
    at place: String?,
    of sheet: String,
    into builder: inout DocumentBuilder
  ) {
    let words = words.trimmed
    guard !words.isEmpty else { return }
    let range = place.flatMap { CellRange($0) }
    let start = range.map { "\($0): " } ?? ""
    builder.append(
      .paragraph,
      start + WordNotes.comment(by: author, on: date) + words,
      origin: .cells(sheet: sheet, range ?? CellRange(rows: 1...1, columns: 1...1))
    )
  }
}
