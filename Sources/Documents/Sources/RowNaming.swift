/// Which columns of a database table name its rows for a person.
enum RowNaming {
  /// A column as far as its name and type tell what it is for.
  struct Column {
    var name: String
    var isText: Bool
    /// Dates tell rows apart badly and name nothing.
    var isDate: Bool
    /// Whether it is neither the key nor a reference.
    var isFree: Bool
  }

  /// The columns whose names say that they name a row, or none: a column called name, first and last
  /// name together, a title or label, or a column that ends in `name`.
  static func naming(_ columns: [Column]) -> [String] {
    let byName = Dictionary(
      columns.map { ($0.name.lowercased().filter { $0 != "_" && $0 != " " }, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    for wanted in ["name", "fullname", "displayname"] {
      if let column = byName[wanted] { return [column] }
    }
    for (first, last) in [("firstname", "lastname"), ("givenname", "familyname")] {
      if let first = byName[first], let last = byName[last] { return [first, last] }
    }
    for wanted in ["title", "label"] {
      if let column = byName[wanted] { return [column] }
    }
    return columns.first { $0.isFree && $0.name.lowercased().hasSuffix("name") }.map { [$0.name] }
      ?? []
  }

  /// A second choice: a description or code, else the first column of text.
  static func describing(_ columns: [Column]) -> [String] {
    let free = columns.filter(\.isFree)
    for wanted in ["description", "caption", "subject", "code"] {
      if let column = free.first(where: { $0.name.lowercased() == wanted }) {
        return [column.name]
      }
    }
    return free.first { $0.isText && !$0.isDate }.map { [$0.name] } ?? []
  }

  /// Whether a column's name says that it holds a date.
  static func isDate(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["date", "time", "_at", "_on"].contains { name.hasSuffix($0) }
  }
}
