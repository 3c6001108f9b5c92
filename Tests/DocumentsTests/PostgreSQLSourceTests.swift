import Documents
import Foundation
import Testing

@Suite(
  "PostgreSQL databases",
  .enabled(if: PostgreSQLServer.programs != nil, "needs PostgreSQL's server programs"),
  .postgreSQLServer,
  .timeLimit(.minutes(5))
)
struct PostgreSQLSourceTests {
  var server: PostgreSQLServer {
    get throws { try #require(PostgreSQLServer.current) }
  }

  let schema = """
    CREATE TABLE ports (id int PRIMARY KEY, code text, name text);
    CREATE TABLE people (id int PRIMARY KEY, first_name text, last_name text, title text);
    CREATE TABLE orders (id int PRIMARY KEY, port_id int REFERENCES ports(id),
      seller int REFERENCES people, placed date, freight numeric(8,2), note text, scan bytea);
    CREATE TABLE lines (order_id int REFERENCES orders(id), item text, pieces int,
      PRIMARY KEY (order_id, item));
    CREATE VIEW dear AS SELECT id, freight FROM orders WHERE freight > 10;
    CREATE SCHEMA sales;
    CREATE TABLE sales.orders (id int PRIMARY KEY, at timestamptz);
    INSERT INTO ports VALUES (17, 'HAL', 'Port of Haldersund'), (18, 'LOR', 'Port of Lorneby');
    INSERT INTO people VALUES (1, 'Nadia', 'Prewitt', 'account manager');
    INSERT INTO orders VALUES (10249, 18, NULL, '2030-05-02', 7.0, '', '\\x0102'),
      (10248, 17, 1, '2030-04-02', 32.38, 'by boat', NULL);
    INSERT INTO lines VALUES (10248, 'TW-400, pair', 2), (10249, 'SL\\120', NULL);
    INSERT INTO sales.orders VALUES (1, '2030-05-02 12:00+02');
    """

  func document(_ source: PostgreSQLSource, _ path: String) throws -> ExtractedDocument {
    let document = try source.read(SourceItem(path: path, fingerprint: "")).extract()
    checkInvariants(document)
    return document
  }

  func failure(_ body: () throws -> Void) throws -> DocumentError {
    let error = try #require(throws: DocumentError.self, performing: body)
    #expect(!error.remedy.isEmpty)
    #expect(!error.message.contains("secret") && error.cause?.contains("secret") != true)
    return error
  }

  @Test("Tables are items, views only where they are named; rows are like those of other databases")
  func rows() throws {
    let connection = try server.database("rows", schema)
    let source = try PostgreSQLSource(connection: connection)
    #expect(
      try source.list().items.map(\.path) == [
        "public.lines", "public.orders", "public.people", "public.ports", "sales.orders",
      ]
    )
    let orders = try document(source, "public.orders")
    #expect(
      blockTexts(orders) == [
        "orders | id: 10248 | port_id: 17 (Port of Haldersund) | seller: 1 (Nadia Prewitt)"
          + " | placed: 2030-04-02 | freight: 32.38 | note: by boat",
        "orders | id: 10249 | port_id: 18 (Port of Lorneby) | placed: 2030-05-02 | freight: 7.00",
      ]
    )
    #expect(orders.warnings == ["column scan is left out: bytea is not text"])
    #expect(orders.table?.primaryKey == ["id"])
    #expect(orders.table?.references == ["port_id": "ports", "seller": "people"])
    let lines = try document(source, "public.lines")
    #expect(
      blockTexts(lines) == [
        "lines | order_id: 10248 (port_id: Port of Haldersund) | item: TW-400, pair | pieces: 2",
        "lines | order_id: 10249 (port_id: Port of Lorneby) | item: SL\\120",
      ]
    )
    #expect(
      lines.blocks.map(\.origin) == [
        .row(table: "lines", key: "10248,TW-400\\, pair"),
        .row(table: "lines", key: "10249,SL\\\\120"),
      ]
    )
    let sales = try document(source, "sales.orders").text
    #expect(sales == "sales.orders | id: 1 | at: 2030-05-02 10:00:00+00")

    let named = try PostgreSQLSource(
      connection: connection,
      selection: .tables(["dear", "sales.orders", "public.dear", "public.none"])
    )
    let listing = try named.list()
    #expect(listing.items.map(\.path) == ["public.dear", "sales.orders"])
    #expect(listing.failures.map(\.subject) == ["public.none"])
    #expect(listing.failures.map(\.code) == [.notFound])
    #expect(try document(named, "public.dear").text == "dear | id: 10248 | freight: 32.38")
  }

  @Test("Types read as the server prints them; odd names and tables without a key are read")
  func types() throws {
    let connection = try server.database(
      "types",
      """
      CREATE DOMAIN picture AS bytea;
      CREATE TYPE mood AS ENUM ('calm', 'rough');
      CREATE TABLE kinds (id uuid UNIQUE NOT NULL, yes boolean, price numeric, ratio float8,
        tags text[], bits boolean[], body jsonb, span interval, host inet, feel mood,
        shot picture, shots bytea[], words tsvector, "select" char(5), big text, clock time);
      INSERT INTO kinds VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', true,
        12345678901234567890.1230, 0.1, '{a,"b c",NULL}', '{t,f}', '{"a": [1, null]}', '1 day 02:00',
        '10.0.0.1', 'rough', '\\x00', '{}', 'a', 'ab', repeat('x', 1000001), '12:30');
      CREATE TABLE "My ""odd"" #table.2" ("a b" text, json json);
      INSERT INTO "My ""odd"" #table.2" VALUES ('z', '{"k": 1}'), ('y', NULL), (NULL, NULL);
      CREATE TABLE bare ();
      CREATE TABLE parts (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
      CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
      INSERT INTO parts VALUES (1, '2030-02-03');
      CREATE TABLE child (extra text) INHERITS (bare);
      INSERT INTO child VALUES ('x');
      """
    )
    let source = try PostgreSQLSource(connection: connection)
    let listing = try source.list()
    #expect(
      listing.items.map(\.path) == [
        "public.\"My \"\"odd\"\" #table.2\"", "public.bare", "public.child", "public.kinds",
        "public.parts",
      ]
    )
    #expect(listing.failures == [])
    let kinds = try document(source, "public.kinds")
    #expect(
      kinds.text == "kinds | id: a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | yes: true"
        + " | price: 12345678901234567890.1230 | ratio: 0.1 | tags: {a,\"b c\",NULL} | bits: {t,f}"
        + " | body: {\"a\": [1, null]} | span: 1 day 02:00:00 | host: 10.0.0.1 | feel: rough"
        + " | select: ab | clock: 12:30:00"
    )
    #expect(
      kinds.blocks.map(\.origin) == [
        .row(table: "kinds", key: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
      ]
    )
    #expect(kinds.warnings.count == 4)
    #expect(
      try document(source, listing.items[0].path).text == """
        My "odd" #table.2 | a b: y
        My "odd" #table.2 | a b: z | json: {"k": 1}
        """
    )
    #expect(try document(source, "public.bare").text == "")
    #expect(try document(source, "public.child").text == "child | extra: x")
    #expect(try document(source, "public.parts").text == "parts | id: 1 | day: 2030-02-03")
  }

  @Test("Every kind of change changes the fingerprint and the hash, and no other table's")
  func fingerprints() throws {
    let connection = try server.database("changes", schema)
    let source = try PostgreSQLSource(connection: connection)
    func state() throws -> [String: [String]] {
      let items = try source.list().items
      return try Dictionary(
        uniqueKeysWithValues: items.map { ($0.path, [$0.fingerprint, try source.read($0).hash]) }
      )
    }
    var before = try state()
    #expect(try state() == before)
    for (sql, changed) in [
      ("UPDATE orders SET note = 'by rail' WHERE id = 10248", ["public.orders"]),
      ("UPDATE sales.orders SET at = at + interval '1 second'", ["sales.orders"]),
      ("UPDATE ports SET name = 'Lorneby' WHERE id = 18", ["lines", "orders", "ports"]),
      ("DELETE FROM lines WHERE order_id = 10249", ["public.lines"]),
      ("TRUNCATE lines", ["public.lines"]),
      ("ALTER TABLE people RENAME title TO role", ["public.people"]),
      ("UPDATE people SET last_name = NULL, role = 'Prewitt'", ["orders", "people"]),
    ] {
      try server.run(sql, database: "changes")
      let after = try state()
      let expected = changed.map { $0.contains(".") ? $0 : "public." + $0 }
      for part in [0, 1] {
        let other = after.filter { before[$0.key]?[part] != $0.value[part] }.keys.sorted()
        #expect(other == expected, "\(sql)")
      }
      before = after
    }
    try server.run("UPDATE orders SET scan = '\\x03'", database: "changes")
    #expect(try state() == before, "what is not read does not count")
    try server.run("DROP TABLE sales.orders", database: "changes")
    #expect(try source.list().items.map(\.path).contains("sales.orders") == false)
  }

  @Test("100,000 rows; 1% changed and 1% deleted: exactly these row texts differ")
  func manyRows() throws {
    let connection = try server.database(
      "many",
      """
      CREATE TABLE readings (id int PRIMARY KEY, station text, level numeric(6,2), note text);
      INSERT INTO readings SELECT i, 'station ' || i % 100, i % 997 / 10.0, 'reading ' || i
        FROM generate_series(1, 100000) AS i;
      """
    )
    let source = try PostgreSQLSource(connection: connection)
    let item = try #require(try source.list().items.first)
    let first = try source.read(item)
    let before = try first.extract().text.split(separator: "\n")
    #expect(before.count == 100_000)
    #expect(
      before[41] == "readings | id: 42 | station: station 42 | level: 4.20 | note: reading 42"
    )

    try server.run(
      "UPDATE readings SET note = note || ' checked' WHERE id % 100 = 7;"
        + " DELETE FROM readings WHERE id % 100 = 8",
      database: "many"
    )
    let changed = try #require(try source.list().items.first)
    #expect(changed.fingerprint != item.fingerprint)
    let second = try source.read(changed)
    #expect(second.hash != first.hash)
    let after = try second.extract().text.split(separator: "\n")
    #expect(after.count == 99_000)
    let fresh = Set(after).subtracting(before)
    #expect(fresh.count == 1000)
    #expect(fresh.allSatisfy { $0.hasSuffix(" checked") && $0.contains("7 | station: station 7 ") })
    let gone = Set(before).subtracting(after)
    #expect(gone.count == 2000)
    #expect(
      gone.allSatisfy { $0.contains(": station 7 | level") || $0.contains(": station 8 | level") }
    )
  }

  @Test("A query is a document; its update column tells changes and its count deletes")
  func query() throws {
    let connection = try server.database(
      "asked",
      """
      CREATE TABLE notes (id int PRIMARY KEY, body text, version int);
      INSERT INTO notes SELECT i, 'note ' || i, 1 FROM generate_series(1, 10) AS i;
      """
    )
    let source = try PostgreSQLSource(
      connection: connection,
      selection: .query(
        PostgreSQLQuery(
          name: "short notes",
          sql: "SELECT id, body, version FROM notes WHERE id <= 5 ORDER BY body DESC -- enough",
          keyColumns: ["id"],
          updateColumn: "version"
        )
      )
    )
    func fingerprint() throws -> String { try #require(try source.list().items.first).fingerprint }
    let item = try #require(try source.list().items.first)
    #expect(item.path == "short notes")
    let document = try document(source, "short notes")
    #expect(blockTexts(document).first == "short notes | id: 1 | body: note 1 | version: 1")
    #expect(document.blocks.last?.origin == .row(table: "short notes", key: "5"))
    var before = try fingerprint()
    for sql in [
      "UPDATE notes SET body = 'x', version = 2 WHERE id = 3",
      "UPDATE notes SET version = 2 WHERE id = 4", "DELETE FROM notes WHERE id = 1",
      "UPDATE notes SET id = 1 WHERE id = 2",
    ] {
      try server.run(sql, database: "asked")
      let after = try fingerprint()
      #expect(after != before, "\(sql)")
      before = after
    }
    try server.run("DELETE FROM notes WHERE id = 9", database: "asked")
    #expect(try fingerprint() == before)
  }
}
