/// Where a database is and how it is reached, without any secret.
///
/// Written as a URI (`postgresql://reader@db.example/shop?sslmode=verify-full`) or as keywords
/// (`host=db.example dbname=shop user=reader`), as libpq reads them. A text that holds a password is
/// refused, and no error shows any part of a text that could not be understood.
package struct PostgreSQLConnectionString: Hashable, Sendable {
  /// libpq's options by keyword.
  package private(set) var options: [String: String] = [:]

  /// Reads a URI or keywords.
  ///
  /// - Parameters:
  ///   - text: The connection without a password.
  ///   - subject: What to call it in errors.
  /// - Throws: ``DocumentError`` when it holds a password or cannot be understood.
  package init(_ text: String, subject: String) throws {
    do {
      let pairs = try Self.isURI(text) ? Self.uri(text) : Self.keywords(text)
      for (keyword, value) in pairs where !value.isEmpty {
        if Self.secrets.contains(keyword) { throw Fault.secret }
        guard Self.known.contains(keyword) else { throw Fault.malformed("an option is not known") }
        guard !value.contains("\0") else { throw Fault.malformed("a value holds a NUL") }
        options[keyword] = value
      }
      if let database = options["dbname"], database.contains("://") || database.contains("=") {
        throw Fault.malformed("the database's name is another connection")
      }
    } catch let fault as Fault {
      throw fault.documentError(subject)
    }
  }

  /// Whether a text is written as a URI of a PostgreSQL database.
  package static func isURI(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// User, host, port and database, for people; all other options are left out.
  package var display: String {
    var text = "postgresql://"
    if let user = options["user"] { text += PercentEncoding.encode(user) + "@" }
    let hosts = (options["host"] ?? options["hostaddr"] ?? "").split(
      separator: ",",
      omittingEmptySubsequences: false
    )
    let ports = (options["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    text += hosts.enumerated().map { index, host in
      let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      let isNumeric = host.contains(":")
      let name = isNumeric ? "[\(host)]" : PercentEncoding.encode(String(host))
      return name + (port.isEmpty ? "" : ":\(port)")
    }.joined(separator: ",")
    if let service = options["service"] { return text + "?service=" + service }
    return text + "/" + PercentEncoding.encode(options["dbname"] ?? "")
  }

  /// What the source is called when nobody says otherwise.
  package var defaultName: String {
    options["dbname"] ?? options["service"] ?? options["user"] ?? "postgresql"
  }

  /// What is wrong with a text, in words that hold nothing of it.
  enum Fault: Error {
    case secret
    case malformed(String)

    func documentError(_ subject: String) -> DocumentError {
      switch self {
      case .secret:
        DocumentError(
          .malformed,
          "the connection of \(subject) holds a password",
          subject: subject,
          remedy: "Take it out and put it into PGPASSWORD, ~/.pgpass or the file that PGPASSFILE"
            + " names; they are read when Attune connects."
        )
      case .malformed(let reason):
        DocumentError(
          .malformed,
          "the connection of \(subject) cannot be understood: \(reason)",
          subject: subject,
          remedy: "Write it as postgresql://USER@HOST:PORT/DATABASE or as"
            + " “host=HOST dbname=DATABASE user=USER”."
        )
      }
    }
  }

  private static let secrets: Set<String> = [
    "password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key",
  ]

  private static let known: Set<String> = [
    "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname",
    "fallback_application_name", "gssdelegation", "gssencmode", "gsslib", "host", "hostaddr",
    "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname",
    "load_balance_hosts", "max_protocol_version", "min_protocol_version", "oauth_client_id",
    "oauth_issuer", "oauth_scope", "options", "passfile", "port", "require_auth", "requirepeer",
    "service", "servicefile", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcert",
    "sslcertmode", "sslcompression", "sslcrl", "sslcrldir", "sslkey", "sslmode", "sslnegotiation",
    "sslrootcert", "sslsni", "target_session_attrs", "tcp_user_timeout", "user",
  ]
}
