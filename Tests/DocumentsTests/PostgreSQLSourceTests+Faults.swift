import Documents
import Foundation
import Testing

/// What must not happen, and what happens when something goes wrong.
extension PostgreSQLSourceTests {
  @Test("A query can only be one statement that reads")
  func badQueries() throws {
    let connection = try server.database(
      "bad",
      schema + """
        CREATE SEQUENCE numbers;
        CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM lines; SELECT 1';
        """
    )
    for sql in [
      "DELETE FROM lines", "SELECT 1; DELETE FROM lines", "SELECT 1) AS t; DELETE FROM lines; --",
      "WITH gone AS (DELETE FROM lines RETURNING item) SELECT * FROM gone",
      "INSERT INTO ports VALUES (1) RETURNING id", "SELECT id, id FROM ports", "SELEC", "",
      "SET default_transaction_read_only = off", "COMMIT", "SELECT nextval('numbers')",
      "SELECT set_config('transaction_read_only', 'off', false)", "SELECT $1::int", "SHOW port",
      "SELECT gone FROM wipe() AS gone", "SELECT 1 AS key FROM none", "SELECT 1 AS other",
    ] {
      let query = PostgreSQLQuery(
        name: "asked",
        sql: sql,
        keyColumns: sql.contains("key") || sql.contains("other") ? ["key"] : []
      )
      let source = try PostgreSQLSource(connection: connection, selection: .query(query))
      let listing = try source.list()
      #expect(listing.items == [])
      #expect(listing.failures.map(\.code) == [.malformed], "\(sql): \(listing.failures)")
      #expect(listing.failures.map(\.subject) == ["asked"])
      #expect(try failure { _ = try document(source, "asked") }.code == .malformed, "\(sql)")
    }
    let all = try PostgreSQLSource(connection: connection)
    #expect(try document(all, "public.ports").blocks.count == 2)
    #expect(try document(all, "public.lines").blocks.count == 2)
  }

  @Test("What a read-only transaction lets pass is undone")
  func undone() throws {
    func source(_ sql: String) throws -> PostgreSQLSource {
      try PostgreSQLSource(
        connection: try server.connection(),
        selection: .query(PostgreSQLQuery(name: "asked", sql: sql))
      )
    }
    // Some servers let it pass, some do not.
    _ = try? document(source("SELECT lo_create(0) AS made"), "asked")
    let left = try source("SELECT count(*) AS left FROM pg_largeobject_metadata")
    #expect(try document(left, "asked").text == "asked | left: 0")
  }

  @Test("Who may not read is told so; readable columns of a table are read")
  func permissions() throws {
    let connection = try server.database(
      "guarded",
      schema + """
        CREATE ROLE clerk LOGIN;
        GRANT USAGE ON SCHEMA public TO clerk;
        GRANT SELECT ON orders TO clerk;
        GRANT SELECT (id, first_name, last_name) ON people TO clerk;
        """
    ).replacing("user=owner", with: "user=clerk")
    let source = try PostgreSQLSource(connection: connection)
    let listing = try source.list()
    #expect(listing.items.map(\.path) == ["public.orders", "public.people"])
    #expect(listing.skipped.map(\.subject) == ["public.lines", "public.ports"])
    #expect(listing.failures == [])
    #expect(
      blockTexts(try document(source, "public.orders")).first
        == "orders | id: 10248 | port_id: 17 | seller: 1 (Nadia Prewitt)"
        + " | placed: 2030-04-02 | freight: 32.38 | note: by boat"
    )
    let people = try document(source, "public.people")
    #expect(people.text == "people | id: 1 | first_name: Nadia | last_name: Prewitt")
    #expect(people.warnings == ["column title is left out: the user may not read it"])
    let named = try PostgreSQLSource(
      connection: connection,
      selection: .tables(["ports", "sales.orders"])
    )
    let refused = try named.list().failures
    #expect(refused.map(\.code) == [.noPermission, .noPermission])
    let error = try failure { _ = try document(named, "public.ports") }
    #expect(error.code == .noPermission && error.subject == "public.ports")
    #expect(error.remedy.contains("GRANT"))
  }

  @Test("Why no connection comes about is told: password, host, database, certificate")
  func connecting() throws {
    let server = try server
    func connect(_ options: String) throws -> DocumentError {
      try failure { _ = try PostgreSQLSource(connection: options, name: "shop").list() }
    }
    let folder = try TemporaryFolder()
    let tcp = "host=127.0.0.1 port=\(server.port) user=owner dbname=postgres"
    try folder.write("pass", "127.0.0.1:*:*:owner:not the secret\n")
    try folder.write("right", "127.0.0.1:*:*:owner:secret\n")
    for file in ["pass", "right"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600],
        ofItemAtPath: folder.path + "/" + file
      )
    }
    let wrong = try connect(tcp + " passfile=\(folder.path)/pass")
    #expect(wrong.code == .noPermission)
    #expect(wrong.subject == "postgresql://owner@127.0.0.1:\(server.port)/postgres")
    #expect(wrong.cause?.contains("password authentication failed") == true)
    #expect(wrong.remedy.contains("PGPASSWORD"))
    let right = try PostgreSQLSource(connection: tcp + " passfile=\(folder.path)/right")
    #expect(try right.list().failures == [])
    #expect(try connect(tcp + " passfile=/none").code == .noPermission)
    #expect(try connect(server.connection(database: "none")).remedy.contains("database"))
    #expect(try connect("host=\(folder.path) user=owner").message.contains("cannot be reached"))
    let insecure = try connect(tcp + " sslmode=verify-full sslrootcert=/none passfile=/none")
    #expect(insecure.message.contains("no secure connection"))
    #expect(insecure.remedy.contains("sslrootcert"))
  }

  @Test("A database that goes away while it is read is told, and nothing half comes of it")
  func goesAway() throws {
    let query = PostgreSQLQuery(
      name: "asked",
      sql: """
        SELECT i, CASE WHEN i = 50000 THEN pg_terminate_backend(pg_backend_pid()) END AS end
        FROM generate_series(1, 100000) AS i
        """,
      keyColumns: ["i"]
    )
    let source = try PostgreSQLSource(
      connection: try server.connection(),
      name: "shop",
      selection: .query(query)
    )
    let error = try failure { _ = try document(source, "asked") }
    #expect(error.code == .inputOutput)
    #expect(error.message == "shop: the connection was lost while asked was read")
    #expect(error.cause?.contains("terminating connection") == true)
    #expect(try failure { _ = try source.list() }.code == .inputOutput)
  }

  @Test("What takes too long or is locked fails alone; a text beyond the limit is refused")
  func limits() throws {
    let server = try server
    let connection = try server.database("slow", schema)
    try server.run(
      "CREATE VIEW slow AS SELECT pg_sleep(60)::text AS slept",
      database: "slow"
    )
    var source = try PostgreSQLSource(
      connection: connection,
      limits: SourceLimits(maximumFileBytes: 100),
      selection: .tables(["slow", "ports", "orders"])
    )
    source.statementTimeout = 0.3
    let listing = try source.list()
    #expect(listing.items.map(\.path) == ["public.ports", "public.orders"])
    #expect(listing.failures.map(\.subject) == ["public.slow"])
    #expect(listing.failures.first?.message.contains("too long") == true)
    let error = try failure { _ = try document(source, "public.orders") }
    #expect(error.code == .tooLarge && error.subject == "public.orders")

    source.statementTimeout = 60
    source.limits = SourceLimits(busyTimeout: 0.1)
    source.selection = .tables(["ports", "people"])
    let locked = try server.holding("LOCK TABLE ports", database: "slow") { try source.list() }
    #expect(locked.items.map(\.path) == ["public.people"])
    #expect(locked.failures.map(\.code) == [.locked])
    #expect(locked.failures.map(\.subject) == ["public.ports"])
  }

  @Test("The session reads only, and is known by its name")
  func session() throws {
    let names = [
      "application_name", "default_transaction_read_only", "transaction_read_only",
      "transaction_isolation", "statement_timeout", "lock_timeout",
      "idle_in_transaction_session_timeout", "search_path",
    ]
    let sql = "SELECT " + names.map { "current_setting('\($0)') AS \($0)" }.joined(separator: ", ")
    let source = try PostgreSQLSource(
      connection: try server.connection() + " options='-c statement_timeout=0'",
      selection: .query(PostgreSQLQuery(name: "settings", sql: sql))
    )
    #expect(
      try document(source, "settings").text == "settings | application_name: attune"
        + " | default_transaction_read_only: on | transaction_read_only: on"
        + " | transaction_isolation: repeatable read | statement_timeout: 1min | lock_timeout: 5s"
        + " | idle_in_transaction_session_timeout: 10min | search_path: pg_catalog,public,pg_temp"
    )
  }
}
