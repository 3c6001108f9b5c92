import ArgumentParser

/// How the program ends.
enum ExitStatus: Int32 {
  case done = 0
  /// Done, but some items failed.
  case someFailed = 1
  case usage = 2
  case cannot = 3

  var code: ExitCode { ExitCode(rawValue) }
}
