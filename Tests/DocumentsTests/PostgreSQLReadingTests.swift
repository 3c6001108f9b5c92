import Documents
import Testing

@Suite("PostgreSQL rows")
struct PostgreSQLReadingTests {
  private func column(_ name: String, _ type: String = "text") -> PostgreSQLColumn {
    PostgreSQLColumn(name: name, type: type, output: type + "out", isVariable: type == "text")
  }

  @Test("A row tells its table, columns, key and the names of what it refers to")
  func rows() {
    let statement = PostgreSQLStatement(
      label: "orders",
      columns: [
        column("id", "int4"), column("port", "int4"), column("note"), column("scan", "bytea"),
      ],
      key: ["id", "scan"],
      labels: [.init(column: "port", prefix: "harbour: ")],
      references: ["port": "ports"]
    )
    var reading = PostgreSQLReading(statement, database: "shop")
    reading.append(["1", "7", nil, "\\x01", "Lorneby"])
    reading.append(["2", "8", "", "\\x,2", nil])
    let document = reading.document
    checkInvariants(document)
    #expect(
      blockTexts(document) == [
        "orders | id: 1 | port: 7 (harbour: Lorneby)", "orders | id: 2 | port: 8",
      ]
    )
    #expect(
      document.blocks.map(\.origin) == [
        .row(table: "orders", key: "1,\\\\x01"), .row(table: "orders", key: "2,\\\\x\\,2"),
      ]
    )
    #expect(document.warnings == ["column scan is left out: bytea is not text"])
    #expect(document.table?.columns == ["id", "port", "note"])
    #expect(document.table?.references == ["port": "ports"])
    #expect(document.metadata == ["database": "shop"])
  }

  @Test("Values that are too long are left out; keys that repeat are told and kept apart")
  func oddities() {
    let statement = PostgreSQLStatement(
      label: "notes",
      columns: [column("id"), column("body")],
      key: ["id"]
    )
    var reading = PostgreSQLReading(statement, database: "shop")
    reading.append(["1", String(repeating: "ü", count: 1_000_001)])
    reading.append(["2", String(repeating: "ü", count: 1_000_000)])
    reading.append(["2", "x"])
    reading.append(["short"])
    let document = reading.document
    #expect(document.blocks.count == 4)
    #expect(blockTexts(document).first == "notes | id: 1")
    #expect(blockTexts(document)[1].count > 1_000_000)
    #expect(document.blocks[2].origin == .row(table: "notes", key: "2 #3"))
    #expect(document.warnings.count == 2)
  }
}
