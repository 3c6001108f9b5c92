/// What went wrong between libpq, the server and us.
enum PostgreSQLFault: Error {
  /// No connection came about; libpq tells the reason only in words.
  case connect(String)
  /// The connection is gone.
  case lost(String)
  /// The server did not answer for so many seconds.
  case silent(Int)
  /// The server refused a statement.
  case refused(state: String, message: String)

  /// Whether nothing more can be asked of the server.
  var endsSession: Bool {
    if case .refused = self { return false }
    return true
  }

  /// The same as an error for the user.
  ///
  /// - Parameters:
  ///   - subject: The table or database it is about.
  ///   - isQuery: Whether the statement is the user's own.
  /// - Returns: The reason and what to do.
  func documentError(_ subject: String, isQuery: Bool = false) -> DocumentError {
    switch self {
    case .connect(let message): Self.connecting(message, subject: subject)
    case .lost(let message):
      DocumentError(
        .inputOutput,
        "the connection was lost while \(subject) was read",
        subject: subject,
        cause: message,
        remedy: "Check that the database server runs, then sync again. What was read before stays."
      )
    case .silent(let seconds):
      DocumentError(
        .inputOutput,
        "the database did not answer for \(seconds) seconds while \(subject) was read",
        subject: subject,
        remedy: "Check the server and the network, then sync again. What was read before stays."
      )
    case .refused(let state, let message):
      Self.refusal(state, message, subject: subject, isQuery: isQuery)
    }
  }

  private static func connecting(_ message: String, subject: String) -> DocumentError {
    // What stands in quotes are names, which may hold any word.
    let text = message.lowercased().split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: "\"")
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says("certificate", "ssl error", "does not support ssl", "private key", "sslmode") {
      return DocumentError(
        .inputOutput,
        "no secure connection to \(subject)",
        subject: subject,
        cause: message,
        remedy: "Name the certificate authority with sslrootcert=FILE and check the host's name;"
          + " sslmode says how strict to be."
      )
    }
    if says("password", "pg_hba", "authentication", "role \"") {
      return DocumentError(
        .noPermission,
        "\(subject) does not let this user in",
        subject: subject,
        cause: message,
        remedy: "Check the user, and the password in PGPASSWORD, ~/.pgpass (chmod 600) or the file"
          + " that PGPASSFILE names."
      )
    }
    return DocumentError(
      .inputOutput,
      "\(subject) cannot be reached",
      subject: subject,
      cause: message,
      remedy: "Check host, port and database, and that the server runs and accepts connections."
    )
  }

  private static func refusal(
    _ state: String,
    _ message: String,
    subject: String,
    isQuery: Bool
  ) -> DocumentError {
    switch state {
    case "42501":
      DocumentError(
        .noPermission,
        "no permission to read \(subject)",
        subject: subject,
        cause: message,
        remedy: "Let the user read it: GRANT USAGE ON SCHEMA … and GRANT SELECT ON … TO the user."
      )
    case "57014":
      DocumentError(
        .inputOutput,
        "\(subject) took the database too long to read",
        subject: subject,
        cause: message,
        remedy: "Name a query that reads less, add an index on its key, or raise the time limit."
      )
    case "55P03", "40P01", "40001":
      DocumentError(
        .locked,
        "\(subject) is locked by another session",
        subject: subject,
        cause: message,
        remedy: "Sync again when nothing changes the table's definition."
      )
    case "25006":
      DocumentError(
        .malformed,
        "\(subject) would change the database",
        subject: subject,
        cause: message,
        remedy: "Write a query that only reads."
      )
    default:
      DocumentError(
        isQuery || state.hasPrefix("42") ? .malformed : .inputOutput,
        "\(subject) cannot be queried",
        subject: subject,
        cause: message,
        remedy: isQuery
          ? "Try the query with psql; it must be one statement that returns rows."
          : "Look into the server's log, or leave the table out."
      )
    }
  }
}
