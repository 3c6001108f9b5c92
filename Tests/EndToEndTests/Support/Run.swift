import Foundation

/// What a program that has ended left behind.
struct Run: CustomStringConvertible {
  /// The exit code; nil where a signal ended the program, as a crash does.
  var status: Int32?
  /// The signal that ended the program.
  var signal: Int32?
  var output: String
  var errors: String

  /// Everything that it said, for messages of failed tests.
  var description: String {
    let end = status.map { "exit \($0)" } ?? "signal \(signal ?? 0)"
    return "\(end)\n--- output\n\(output.prefix(4_000))\n--- errors\n\(errors.prefix(4_000))"
  }

  /// The whole output as one JSON value.
  var json: JSON { JSON(text: output) }

  /// Each line of the output as a JSON value.
  var jsonLines: [JSON] {
    output.split(separator: "\n").map { JSON(text: String($0)) }
  }
}
