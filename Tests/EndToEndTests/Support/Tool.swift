import Foundation

/// Programs of the system that some tests need; such a test is skipped, visibly, where one is absent.
enum Tool {
  static let hasPython = succeeds(["python3", "-c", "import sqlite3"])
  /// Whether a program can be run without a network.
  static let hasUnshare = succeeds(["unshare", "-n", "true"])
  /// Whether a program can be run as somebody whom permissions bind.
  static let hasNobody =
    getuid() != 0
    || succeeds(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"])
  /// The words in front of a command that make the system's permissions count.
  static let asNobody =
    getuid() != 0 ? [] : ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

  /// Runs a Python script that has the arguments in `sys.argv[1:]`.
  ///
  /// - Throws: ``Failure`` with what it said, where it does not succeed.
  @discardableResult
  static func python(_ script: String, _ arguments: String...) throws -> String {
    let directory = FileManager.default.temporaryDirectory
    let run = try ChildProcess(["python3", "-c", script] + arguments, in: directory).wait()
    guard run.status == 0 else { throw Failure(message: run.description) }
    return run.output
  }

  /// Runs statements of SQL on a database, which is made where it is missing.
  static func sql(_ statements: String, on database: URL) throws {
    try python(
      """
      import sqlite3, sys
      connection = sqlite3.connect(sys.argv[1])
      connection.executescript(sys.argv[2])
      connection.commit()
      connection.close()
      """,
      database.path,
      statements
    )
  }

  struct Failure: Error {
    var message: String
  }

  private static func succeeds(_ command: [String]) -> Bool {
    let directory = FileManager.default.temporaryDirectory
    return (try? ChildProcess(command, in: directory).wait().status) == 0
  }
}
