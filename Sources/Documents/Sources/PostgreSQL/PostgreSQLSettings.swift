/// How every session with a PostgreSQL server is set up.
struct PostgreSQLSettings: Hashable {
  /// How long one statement may take on the server, in seconds.
  var statementTimeout: Double
  /// How long to wait for another session's lock, in seconds.
  var lockTimeout: Double

  /// Seconds to wait for an answer before the connection counts as dead.
  var patience: Int { Int(clamping: milliseconds(statementTimeout) / 1000) + 15 }

  /// The server's settings that guard a session: it cannot write, wait or idle for long, and finds
  /// PostgreSQL's own functions before all others.
  private var guards: [(name: String, value: String)] {
    [
      ("default_transaction_read_only", "on"),
      ("statement_timeout", "\(milliseconds(statementTimeout))"),
      ("lock_timeout", "\(milliseconds(lockTimeout))"),
      ("idle_in_transaction_session_timeout", "600000"),
      ("search_path", "pg_catalog,public,pg_temp"),
    ]
  }

  /// The settings that values are printed by, the same wherever Attune runs.
  private static let printing: [(name: String, value: String)] = [
    ("client_encoding", "UTF8"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"),
    ("TimeZone", "UTC"), ("extra_float_digits", "1"), ("bytea_output", "hex"),
    ("xmloption", "content"), ("row_security", "on"),
  ]

  /// Sets everything for the transaction alone, so that it holds behind a connection pooler too and
  /// does not stay there.
  var pinning: String {
    let calls = (guards + Self.printing).map { name, value in
      "pg_catalog.set_config('\(name)', '\(value)', true)"
    }
    return "SELECT " + calls.joined(separator: ", ")
  }

  /// What libpq is told when it connects.
  ///
  /// - Parameters:
  ///   - target: The connection that the user named.
  ///   - library: It decides which options are known.
  ///   - withSettings: Whether the server's settings go along, so that they hold from the start.
  /// - Returns: Options in a fixed order.
  func options(
    _ target: PostgreSQLConnectionString,
    library: PostgreSQLLibrary,
    withSettings: Bool = true
  ) -> [(keyword: String, value: String)] {
    var options = target.options
    options["application_name"] = "attune"
    options["client_encoding"] = "UTF8"
    options["connect_timeout"] = options["connect_timeout"] ?? "10"
    if library.libraryVersion() >= 120_000, options["tcp_user_timeout"] == nil {
      options["tcp_user_timeout"] = "30000"
    }
    // With any value libpq does not let OpenSSL ask for the passphrase of a key on the terminal.
    if library.libraryVersion() >= 130_000 { options["sslpassword"] = "-" }
    if withSettings {
      let settings = guards.map { "-c \($0.name)=\($0.value)" }.joined(separator: " ")
      options["options"] = [options["options"], settings].compactMap { $0 }.joined(separator: " ")
    }
    return options.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// At least one, because the server takes zero for “no limit”.
  private func milliseconds(_ seconds: Double) -> Int {
    let value = (seconds * 1000).rounded()
    return value.isFinite ? Int(min(max(value, 1), 2_000_000_000)) : 2_000_000_000
  }
}
