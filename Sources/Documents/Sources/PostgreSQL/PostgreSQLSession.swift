import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One connection with one read-only transaction in it, which sees the database as it was at one
/// moment. It ends with the value.
///
/// The unsafe contract: `connection` is valid until `deinit`; each result is cleared right after its
/// values were copied out; pointers that libpq hands out are not kept.
final class PostgreSQLSession {
  private let library: PostgreSQLLibrary
  private let connection: OpaquePointer
  /// How long to wait for the next piece of an answer. The server itself gives up earlier.
  private let patience: Int

  /// Connects and begins the transaction.
  ///
  /// - Throws: ``DocumentError`` where libpq is missing or the server is too old, else
  ///   ``PostgreSQLFault``.
  init(_ target: PostgreSQLConnectionString, settings: PostgreSQLSettings) throws {
    library = try PostgreSQLLibrary.loaded.get()
    patience = settings.patience
    do {
      connection = try Self.connect(library, settings.options(target, library: library))
    } catch PostgreSQLFault.connect(let message) where message.contains("startup parameter") {
      // A connection pooler takes no settings when a session starts; the transaction sets them too.
      let options = settings.options(target, library: library, withSettings: false)
      connection = try Self.connect(library, options)
    }
    // libpq would print notices.
    _ = library.setNoticeProcessor(connection, { _, _ in }, nil)
    let version = Int(library.serverVersion(connection))
    guard version >= 110_000 else {
      throw DocumentError(
        .inputOutput,
        "\(target.display) is a PostgreSQL server of version \(version / 10_000)",
        subject: target.display,
        remedy: "Upgrade it to PostgreSQL 11 or newer."
      )
    }
    try run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try run(settings.pinning)
  }

  deinit { library.finish(connection) }

  /// Runs one statement and returns its rows, which must be few.
  @discardableResult
  func run(_ sql: String, _ parameters: [String] = []) throws -> [[String?]] {
    var rows: [[String?]] = []
    try run(sql, parameters) { rows.append($0) }
    return rows
  }

  /// Runs one statement and hands over row after row, of which only one is in memory. The session is
  /// of no more use when `take` throws.
  func run(
    _ sql: String,
    _ parameters: [String] = [],
    take: ([String?]) throws -> Void
  ) throws {
    let isSent = withStrings(parameters) { values in
      library.sendQuery(connection, sql, CInt(parameters.count), nil, values, nil, nil, 0)
    }
    guard isSent == 1 else { throw lost }
    _ = library.setSingleRowMode(connection)
    try takeResults { result in
      for row in 0..<library.rowCount(result) {
        try take((0..<library.columnCount(result)).map { value(result, row, $0) })
      }
    }
  }

  /// The names and types (by OID) of the columns that a statement would return, without running it.
  func columns(of sql: String) throws -> [(name: String, type: String)] {
    guard library.sendPrepare(connection, "", sql, 0, nil) == 1 else { throw lost }
    try takeResults { _ in }
    guard library.sendDescribe(connection, "") == 1 else { throw lost }
    var columns: [(name: String, type: String)] = []
    try takeResults { result in
      for column in 0..<library.columnCount(result) {
        let name = library.columnName(result, column).map { String(cString: $0) } ?? ""
        columns.append((name, String(library.columnType(result, column))))
      }
    }
    return columns
  }

  /// Runs `body` so that a statement that the server refuses leaves the transaction usable.
  func attempt<Value>(_ body: () throws -> Value) throws -> Value {
    try run("SAVEPOINT attempt")
    do {
      let value = try body()
      try run("RELEASE SAVEPOINT attempt")
      return value
    } catch let fault as PostgreSQLFault {
      if !fault.endsSession {
        try run("ROLLBACK TO SAVEPOINT attempt")
        try run("RELEASE SAVEPOINT attempt")
      }
      throw fault
    }
  }

  private static func connect(
    _ library: PostgreSQLLibrary,
    _ options: [(keyword: String, value: String)]
  ) throws -> OpaquePointer {
    let handle = withStrings(options.map(\.keyword)) { keywords in
      withStrings(options.map(\.value)) { values in library.connect(keywords, values, 0) }
    }
    guard let handle else { throw PostgreSQLFault.connect("libpq is out of memory") }
    guard library.status(handle) == 0 else {
      let message = text(library.errorMessage(handle))
      library.finish(handle)
      throw PostgreSQLFault.connect(message)
    }
    return handle
  }

  /// Takes all results of what was sent; the last error of the server is thrown at the end.
  private func takeResults(_ take: (OpaquePointer) throws -> Void) throws {
    var fault: PostgreSQLFault?
    while let result = try nextResult() {
      defer { library.clear(result) }
      switch library.resultStatus(result) {
      // Done without rows, with rows, and one row of several.
      case 1, 2, 9: try take(result)
      default: fault = self.fault(result)
      }
    }
    if let fault { throw fault }
  }

  private func nextResult() throws -> OpaquePointer? {
    let deadline = ContinuousClock.now + .seconds(patience)
    while library.isBusy(connection) != 0 {
      let left = ContinuousClock.now.duration(to: deadline).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { throw PostgreSQLFault.silent(patience) }
      var waiting = pollfd(fd: library.socket(connection), events: Int16(POLLIN), revents: 0)
      guard waiting.fd >= 0 else { throw lost }
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
      let count = poll(&waiting, 1, CInt(clamping: milliseconds))
      guard count >= 0 || errno == EINTR else { throw lost }
      if count > 0, library.consumeInput(connection) != 1 { throw lost }
    }
    return library.getResult(connection)
  }

  private func value(_ result: OpaquePointer, _ row: CInt, _ column: CInt) -> String? {
    guard library.isNull(result, row, column) == 0,
      let start = library.value(result, row, column)
    else { return nil }
    let count = Int(library.valueLength(result, row, column))
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func fault(_ result: OpaquePointer) -> PostgreSQLFault {
    func field(_ letter: Unicode.Scalar) -> String? {
      library.resultErrorField(result, CInt(letter.value)).map { String(cString: $0) }
    }
    guard let state = field("C"), let primary = field("M") else {
      return .lost(Self.text(library.resultError(result)))
    }
    let message = [primary, field("D"), field("H")].compactMap { $0 }.joined(separator: "; ")
    // The server ends the session with these: it stops, or the session was idle for too long.
    let isEnd = ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(state)
    return isEnd || library.status(connection) != 0
      ? .lost(message) : .refused(state: state, message: message)
  }

  private var lost: PostgreSQLFault { .lost(Self.text(library.errorMessage(connection))) }

  private static func text(_ message: UnsafePointer<CChar>?) -> String {
    message.map { String(cString: $0).trimmed } ?? ""
  }
}

/// Hands over C strings, followed by nil, for the time of a call.
private func withStrings<Value>(
  _ texts: [String],
  _ body: (PostgreSQLLibrary.Strings?) -> Value
) -> Value {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  let pointers = copies.map { $0.map { UnsafePointer<CChar>($0) } } + [nil]
  return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}
