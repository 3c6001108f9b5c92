/// A PostgreSQL database whose tables, or the rows of a query, are documents and whose rows are passages.
///
/// Everything is read in one read-only transaction per listing and per table; nothing is ever changed.
/// The password comes from `PGPASSWORD`, the file that `PGPASSFILE` names or `~/.pgpass`, which libpq
/// reads itself: it is never asked for, kept or shown.
public struct PostgreSQLSource: DocumentSource {
  /// What the source is called in URLs.
  public var name: String
  public var limits: SourceLimits
  public var selection: PostgreSQLSelection
  /// How long the server may work on one statement, in seconds.
  public var statementTimeout: Double = 60
  private let connection: PostgreSQLConnectionString

  /// - Parameters:
  ///   - connection: A URI (`postgresql://reader@db.example/shop`) or libpq's keywords, without a
  ///     password.
  ///   - name: What the source is called; by default the database's name.
  ///   - limits: How large a table's text may become, and how long to wait for locks.
  ///   - selection: What is read.
  /// - Throws: ``DocumentError`` where the connection holds a password or cannot be understood.
  public init(
    connection: String,
    name: String? = nil,
    limits: SourceLimits = SourceLimits(),
    selection: PostgreSQLSelection = .allTables
  ) throws {
    self.connection = try PostgreSQLConnectionString(connection, subject: name ?? "the database")
    self.name = name ?? self.connection.defaultName
    self.limits = limits
    self.selection = selection
  }

  /// Whether a text is the URI of a PostgreSQL database.
  public static func isURI(_ text: String) -> Bool { PostgreSQLConnectionString.isURI(text) }

  /// User, host and database, for people. It holds no secret.
  public var location: String { connection.display }

  /// The tables in order of schema and name, or the query.
  ///
  /// The server goes through every table once, because nothing cheaper finds every change; no rows are
  /// sent. A table that cannot be read, or that is named and not there, is among the failures.
  ///
  /// - Throws: ``DocumentError`` when the database cannot be reached or the connection is lost.
  public func list() throws -> SourceListing {
    try open(subject: location) { session in
      let catalog = try PostgreSQLCatalog(session)
      var listing = SourceListing(items: [])
      for path in paths(catalog, &listing) {
        do {
          listing.items.append(try session.attempt { try item(path, session, catalog) })
        } catch let error as DocumentError {
          listing.failures.append(error)
        } catch let fault as PostgreSQLFault where !fault.endsSession {
          listing.failures.append(fault.documentError(path, isQuery: isQuery))
        }
      }
      return listing
    }
  }

  /// Reads one table or the query. The hash covers the definition, every value in the order of the
  /// key, and the names that are shown for references.
  public func read(_ item: SourceItem) throws -> SourceContent {
    do {
      return try open(subject: item.path) { session in
        let statement = try statement(item.path, PostgreSQLCatalog(session), session)
        let database = try session.run("SELECT pg_catalog.current_database()")
        var reading = PostgreSQLReading(
          statement,
          database: database.first?.first.flatMap { $0 } ?? ""
        )
        try read(statement, with: session, into: &reading, subject: item.path)
        let document = reading.document
        return SourceContent(hash: reading.hash.hexadecimal) { document }
      }
    } catch let error as DocumentError {
      // The subject is the table; people look for the database.
      var named = error
      named.message = "\(name): \(error.message)"
      throw named
    }
  }

  /// Rows are fetched through a cursor, so that no statement runs for the whole time and the server
  /// can send the first rows at once.
  private static let rowsPerFetch = 5000

  private func read(
    _ statement: PostgreSQLStatement,
    with session: PostgreSQLSession,
    into reading: inout PostgreSQLReading,
    subject: String
  ) throws {
    let limit = limits.maximumFileBytes
    try session.run("DECLARE attune_rows NO SCROLL CURSOR FOR " + statement.rows)
    var count = 0
    repeat {
      count = 0
      try session.run("FETCH FORWARD \(Self.rowsPerFetch) FROM attune_rows", []) { values in
        count += 1
        reading.append(values)
        guard reading.byteCount <= limit else { throw Self.tooLarge(subject, limit: limit) }
      }
    } while count == Self.rowsPerFetch
  }

  private static func tooLarge(_ subject: String, limit: Int) -> DocumentError {
    var error = DocumentError.tooLarge(subject, bytes: limit, limit: limit)
    error.message = "the text of \(subject) is more than the limit of \(limit) bytes"
    error.remedy = "Name a query that reads fewer rows or columns, or raise the limit for sizes."
    return error
  }

  private var isQuery: Bool {
    if case .query = selection { return true }
    return false
  }

  /// What is to be listed; notes what is passed over.
  private func paths(_ catalog: PostgreSQLCatalog, _ listing: inout SourceListing) -> [String] {
    switch selection {
    case .query(let query): return [query.name]
    case .tables(let names):
      // Two ways to write a name are one table.
      var seen: Set<String> = []
      return names.map { PostgreSQLName($0)?.text ?? $0 }.filter { seen.insert($0).inserted }
    case .allTables:
      let ordinary = catalog.relations.filter(\.isOrdinary)
      listing.skipped = ordinary.filter { !$0.isReadable }.map { Self.forbidden($0.name.text) }
      return ordinary.filter(\.isReadable).map(\.name.text)
    }
  }

  private func item(
    _ path: String,
    _ session: PostgreSQLSession,
    _ catalog: PostgreSQLCatalog
  ) throws -> SourceItem {
    let statement = try statement(path, catalog, session)
    let sums = try session.run(statement.summary).first ?? []
    var definition = ContentHash()
    definition.update(statement.definition)
    let values = sums.map { $0 ?? "none" }.joined(separator: " ")
    return SourceItem(
      path: path,
      fingerprint: "rows \(values) \(definition.hexadecimal.prefix(16))"
    )
  }

  private func statement(
    _ path: String,
    _ catalog: PostgreSQLCatalog,
    _ session: PostgreSQLSession
  ) throws -> PostgreSQLStatement {
    if case .query(let query) = selection {
      guard query.name == path else { throw DocumentError.missing(path) }
      let columns = try catalog.columns(ofQuery: PostgreSQLStatement.statement(query.sql))
      return try PostgreSQLStatement(query, columns: columns)
    }
    let name = PostgreSQLName(path)
    guard let relation = catalog.relations.first(where: { $0.name == name }) else {
      throw DocumentError(
        .notFound,
        "\(path) is no table or view of the database",
        subject: path,
        remedy: "Write its name as in the database, with its schema: public.orders."
      )
    }
    guard relation.isReadable, let table = try catalog.table(relation.oid) else {
      throw Self.forbidden(path)
    }
    return try PostgreSQLStatement(table, catalog: catalog)
  }

  private static func forbidden(_ path: String) -> DocumentError {
    PostgreSQLFault.refused(state: "42501", message: "the user has no SELECT privilege")
      .documentError(path)
  }

  private func open<Value>(
    subject: String,
    _ body: (PostgreSQLSession) throws -> Value
  ) throws -> Value {
    do {
      let settings = PostgreSQLSettings(
        statementTimeout: statementTimeout,
        lockTimeout: limits.busyTimeout
      )
      return try body(PostgreSQLSession(connection, settings: settings))
    } catch let fault as PostgreSQLFault {
      if case .connect = fault { throw fault.documentError(location) }
      throw fault.documentError(subject, isQuery: isQuery)
    }
  }
}
