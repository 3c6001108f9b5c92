/// A column of a table or a query, as far as reading it needs it.
package struct PostgreSQLColumn: Hashable, Sendable {
  package var name: String
  /// The type as SQL writes it, such as `character varying(40)`.
  package var type: String
  /// The functions that print values of the type, and of its elements where it is an array. Domains
  /// have those of the type below them.
  package var output: String
  package var elementOutput: String
  /// PostgreSQL's letter for the kind of type: `S` text, `D` dates.
  package var category: String
  /// Whether values can be of any length.
  package var isVariable: Bool
  package var isReadable: Bool

  package init(
    name: String,
    type: String,
    output: String,
    elementOutput: String = "",
    category: String = "",
    isVariable: Bool = false,
    isReadable: Bool = true
  ) {
    self.name = name
    self.type = type
    self.output = output
    self.elementOutput = elementOutput
    self.category = category
    self.isVariable = isVariable
    self.isReadable = isReadable
  }

  /// The longest value that is read, in characters.
  static let longest = 1_000_000

  /// Whether values mean nothing to a person: bytes, and what only an index reads.
  var isBinary: Bool {
    [output, elementOutput].contains { Self.binary.contains($0) }
  }

  private static let binary: Set<String> = [
    "byteaout", "tsvectorout", "vector_out", "halfvec_out", "sparsevec_out", "bit_vector_out",
  ]

  /// The column as it is read from the table that `alias` stands for: as the server prints it, truth
  /// values in words, and of a long value one character more than is kept, which shows that it is long.
  func expression(_ alias: String) -> String {
    let column = alias + "." + quoted(name)
    switch output {
    case "boolout": return column + "::pg_catalog.text"
    // As text they would all carry a mask.
    case "inet_out", "cidr_out": return column
    default:
      guard isVariable else { return column }
      return "pg_catalog.left(\(column)::pg_catalog.text, \(Self.longest + 1))"
    }
  }
}
