/// A table's name with its schema, as `public.orders`.
///
/// A part that holds a dot or a double quote is written in double quotes, as SQL does.
package struct PostgreSQLName: Hashable, Sendable {
  package var schema: String
  package var table: String

  package init(schema: String, table: String) {
    self.schema = schema
    self.table = table
  }

  /// Reads a name; one without a schema is in `public`. Nil where the text is no name.
  package init?(_ text: String) {
    var parts: [String] = []
    var rest = Substring(text)
    while true {
      guard let part = Self.part(&rest), !part.isEmpty, !part.contains("\0") else { return nil }
      parts.append(part)
      if rest.isEmpty { break }
      guard rest.removeFirst() == "." else { return nil }
    }
    switch parts.count {
    case 1: self.init(schema: "public", table: parts[0])
    case 2: self.init(schema: parts[0], table: parts[1])
    default: return nil
    }
  }

  /// The whole name; reading it gives the same name back.
  package var text: String { Self.written(schema) + "." + Self.written(table) }

  /// What stands in front of rows: the schema only where it tells something.
  package var label: String { schema == "public" ? table : text }

  /// As SQL names it.
  var sql: String { quoted(schema) + "." + quoted(table) }

  private static func part(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let part = rest.prefix { $0 != "." }
      rest = rest[part.endIndex...]
      return String(part)
    }
    rest.removeFirst()
    var result = ""
    while let character = rest.popFirst() {
      guard character == "\"" else {
        result.append(character)
        continue
      }
      guard rest.first == "\"" else { return result }
      rest.removeFirst()
      result.append("\"")
    }
    return nil
  }

  private static func written(_ part: String) -> String {
    part.contains(".") || part.hasPrefix("\"") ? quoted(part) : part
  }
}
