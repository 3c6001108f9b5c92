#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The functions of libpq that are used, looked up when the first database is opened, so that the
/// program starts where libpq is not installed.
///
/// Signatures are those of libpq-fe.h, which have been the same since libpq 9.2. Connections and
/// results are opaque and belong to ``PostgreSQLSession``, which frees each exactly once.
package struct PostgreSQLLibrary: Sendable {
  typealias Strings = UnsafePointer<UnsafePointer<CChar>?>
  typealias NoticeProcessor =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void

  /// Keywords, values (both end with nil), whether a database's name may be a connection string.
  let connect: @Sendable @convention(c) (Strings?, Strings?, CInt) -> OpaquePointer?
  let finish: @Sendable @convention(c) (OpaquePointer?) -> Void
  let status: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let errorMessage: @Sendable @convention(c) (OpaquePointer?) -> UnsafePointer<CChar>?
  let serverVersion: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let libraryVersion: @Sendable @convention(c) () -> CInt
  let socket: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let setNoticeProcessor:
    @Sendable @convention(c) (OpaquePointer?, NoticeProcessor?, UnsafeMutableRawPointer?) ->
      NoticeProcessor?

  /// Connection, statement, number of parameters, their types, values, lengths and formats, and the
  /// format of the result (0 is text).
  let sendQuery:
    @Sendable @convention(c) (
      OpaquePointer?, UnsafePointer<CChar>?, CInt, UnsafePointer<UInt32>?, Strings?,
      UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
    ) -> CInt
  let sendPrepare:
    @Sendable @convention(c) (
      OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, CInt, UnsafePointer<UInt32>?
    ) -> CInt
  let sendDescribe: @Sendable @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> CInt
  let setSingleRowMode: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let consumeInput: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let isBusy: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let getResult: @Sendable @convention(c) (OpaquePointer?) -> OpaquePointer?

  let resultStatus: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let resultError: @Sendable @convention(c) (OpaquePointer?) -> UnsafePointer<CChar>?
  let resultErrorField: @Sendable @convention(c) (OpaquePointer?, CInt) -> UnsafePointer<CChar>?
  let clear: @Sendable @convention(c) (OpaquePointer?) -> Void
  let rowCount: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let columnCount: @Sendable @convention(c) (OpaquePointer?) -> CInt
  let columnName: @Sendable @convention(c) (OpaquePointer?, CInt) -> UnsafePointer<CChar>?
  let columnType: @Sendable @convention(c) (OpaquePointer?, CInt) -> UInt32
  let value: @Sendable @convention(c) (OpaquePointer?, CInt, CInt) -> UnsafePointer<CChar>?
  let valueLength: @Sendable @convention(c) (OpaquePointer?, CInt, CInt) -> CInt
  let isNull: @Sendable @convention(c) (OpaquePointer?, CInt, CInt) -> CInt

  /// The library, or why there is none. It stays loaded until the program ends.
  static let loaded: Result<PostgreSQLLibrary, DocumentError> = load(from: places)

  /// Where the library lies: by name for the system's own search, then where Homebrew puts it.
  private static let places: [String] = {
    #if canImport(Darwin)
      [
        "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
        "/usr/local/opt/libpq/lib/libpq.5.dylib", "/opt/homebrew/lib/libpq.5.dylib",
        "/usr/local/lib/libpq.5.dylib",
      ]
    #else
      ["libpq.so.5"]
    #endif
  }()

  /// Loads the library from the first place that has it.
  package static func load(from places: [String]) -> Result<PostgreSQLLibrary, DocumentError> {
    var cause: String?
    for place in places {
      guard let handle = dlopen(place, RTLD_NOW | RTLD_LOCAL) else {
        cause = cause ?? dlerror().map { String(cString: $0) }
        continue
      }
      do {
        return .success(try PostgreSQLLibrary(handle))
      } catch {
        cause = "\(place) has no function \(error.name)"
      }
    }
    return .failure(
      DocumentError(
        .inputOutput,
        "PostgreSQL cannot be read: its client library libpq is missing",
        subject: "libpq",
        cause: cause,
        remedy: "Install it: `apt install libpq5` on Debian and Ubuntu,"
          + " `brew install libpq` on macOS."
      )
    )
  }

  private struct MissingFunction: Error {
    var name: String
  }

  private init(_ handle: UnsafeMutableRawPointer) throws(MissingFunction) {
    func find<Function>(_ name: String) throws(MissingFunction) -> Function {
      guard let symbol = dlsym(handle, name) else { throw MissingFunction(name: name) }
      return unsafeBitCast(symbol, to: Function.self)
    }
    connect = try find("PQconnectdbParams")
    finish = try find("PQfinish")
    status = try find("PQstatus")
    errorMessage = try find("PQerrorMessage")
    serverVersion = try find("PQserverVersion")
    libraryVersion = try find("PQlibVersion")
    socket = try find("PQsocket")
    setNoticeProcessor = try find("PQsetNoticeProcessor")
    sendQuery = try find("PQsendQueryParams")
    sendPrepare = try find("PQsendPrepare")
    sendDescribe = try find("PQsendDescribePrepared")
    setSingleRowMode = try find("PQsetSingleRowMode")
    consumeInput = try find("PQconsumeInput")
    isBusy = try find("PQisBusy")
    getResult = try find("PQgetResult")
    resultStatus = try find("PQresultStatus")
    resultError = try find("PQresultErrorMessage")
    resultErrorField = try find("PQresultErrorField")
    clear = try find("PQclear")
    rowCount = try find("PQntuples")
    columnCount = try find("PQnfields")
    columnName = try find("PQfname")
    columnType = try find("PQftype")
    value = try find("PQgetvalue")
    valueLength = try find("PQgetlength")
    isNull = try find("PQgetisnull")
  }
}
