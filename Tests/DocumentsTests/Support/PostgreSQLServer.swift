import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A PostgreSQL server in a folder of its own, for one suite.
///
/// It listens on a socket in that folder, where everybody is let in, and on 127.0.0.1, where passwords
/// are asked for. It stops when the test process ends, however that ends, because it waits for the end
/// of a pipe.
final class PostgreSQLServer: @unchecked Sendable {
  // Unchecked: all is set once in `init`; `stop` runs once, after the suite.
  let folder: String
  let port: Int
  private let programs: String
  private let process: Process
  private let stopper: Pipe

  /// The server of the running suite.
  @TaskLocal static var current: PostgreSQLServer?

  /// Where PostgreSQL's programs are, if anywhere: `$ATTUNE_POSTGRES_BIN`, Debian's folders, `PATH`.
  static let programs: String? = {
    let environment = ProcessInfo.processInfo.environment
    if geteuid() == 0, !FileManager.default.isExecutableFile(atPath: "/usr/sbin/runuser") {
      return nil
    }
    let debian = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
    let places =
      [environment["ATTUNE_POSTGRES_BIN"]].compactMap { $0 }
      + versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
      .map { "\(debian)/\($0)/bin" }
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return places.first { place in
      ["initdb", "postgres", "psql", "pg_ctl"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: place + "/" + $0)
      }
    }
  }()

  /// PostgreSQL refuses to run as root; another user runs it then.
  private static let user: [String] = {
    guard geteuid() == 0 else { return [] }
    return ["runuser", "-u", getpwnam("postgres") == nil ? "nobody" : "postgres", "--"]
  }()

  init(programs: String) throws {
    self.programs = programs
    // A socket's path may have about a hundred bytes.
    folder = "/tmp/attune-pg-" + UUID().uuidString.prefix(8)
    port = try Self.freePort()
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("secret\n".utf8).write(to: URL(filePath: folder + "/password"))
    if let name = Self.user.dropFirst(2).first {
      try Self.run(["chown", "-R", name, folder])
    }
    try Self.run(
      Self.user + [
        programs + "/initdb", "--pgdata=\(folder)/data", "--username=owner", "--encoding=UTF8",
        "--locale=C", "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256",
        "--pwfile=\(folder)/password",
      ]
    )
    process = Process()
    stopper = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let control = "\(programs)/pg_ctl -s -w -D \(folder)/data"
    let options = "-k \(folder) -p \(port) -c listen_addresses=127.0.0.1 -c fsync=off"
    let start = "\(control) start -l \(folder)/data/log -o '\(options)'"
    process.arguments =
      Self.user + ["sh", "-c", "\(start) && echo ready; read end; \(control) stop -m immediate"]
    process.standardInput = stopper
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard answer == "ready\n" else {
      stop()
      throw Failure(command: start, output: answer)
    }
  }

  func stop() {
    try? stopper.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A connection through the socket, as a user who is let in.
  func connection(_ user: String = "owner", database: String = "postgres") -> String {
    "host=\(folder) port=\(port) user=\(user) dbname=\(database)"
  }

  /// Runs statements as the owner, or as another user.
  func run(_ sql: String, database: String = "postgres") throws {
    try Self.run([
      programs + "/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d",
      connection(database: database), "-c", sql,
    ])
  }

  /// Does something while another session has run `sql` in a transaction that is not over.
  func holding<Value>(_ sql: String, database: String, _ body: () throws -> Value) throws -> Value {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: programs + "/psql")
    process.arguments = ["-X", "-q", "-d", connection(database: database)]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    defer {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
    input.fileHandleForWriting.write(Data("BEGIN; \(sql);\n\\echo held\n".utf8))
    _ = output.fileHandleForReading.availableData
    return try body()
  }

  /// A new database that holds what the statements make.
  func database(_ name: String, _ sql: String) throws -> String {
    try run("CREATE DATABASE \(name)")
    try run(sql, database: name)
    return connection(database: name)
  }

  private struct Failure: Error {
    var command: String
    var output: String
  }

  /// Runs a program to its end.
  private static func run(_ arguments: [String]) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        command: arguments.joined(separator: " "),
        output: String(decoding: text, as: UTF8.self)
      )
    }
  }

  private static func freePort() throws -> Int {
    #if canImport(Glibc)
      let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard isBound else { throw Failure(command: "bind", output: String(cString: strerror(errno))) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// Starts one server for a suite and stops it when the suite is done.
struct PostgreSQLServerTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard let programs = PostgreSQLServer.programs else { return }
    let server = try PostgreSQLServer(programs: programs)
    defer { server.stop() }
    try await PostgreSQLServer.$current.withValue(server) { try await function() }
  }
}

extension Trait where Self == PostgreSQLServerTrait {
  /// The suite's tests find a server in ``PostgreSQLServer/current``.
  static var postgreSQLServer: PostgreSQLServerTrait { PostgreSQLServerTrait() }
}
