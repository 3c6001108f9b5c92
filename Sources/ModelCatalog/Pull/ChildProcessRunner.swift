/// Runs another program. The program uses `SystemProcessRunner`; a test hands in a script.
public protocol ChildProcessRunner: Sendable {
  /// Runs a program until it ends.
  ///
  /// - Parameters:
  ///   - program: the name of the program, looked up in `PATH`.
  ///   - arguments: its arguments, passed on as they are: no shell reads them.
  /// - Returns: how it ended.
  /// - Throws: if it cannot be started, or if the task is cancelled.
  func run(_ program: String, _ arguments: [String]) async throws -> ChildProcessResult
}

/// How another program ended.
public struct ChildProcessResult: Sendable, Hashable {
  /// The exit status; 0 is success.
  public var status: Int
  /// The end of what it wrote to its output and error output.
  public var output: String

  /// States a result.
  public init(status: Int, output: String) {
    self.status = status
    self.output = output
  }
}
