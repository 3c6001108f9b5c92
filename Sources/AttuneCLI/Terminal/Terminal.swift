import Attune
import Foundation

/// Standard output and standard error, with text from documents made harmless.
enum Terminal {
  enum Stream {
    case standardOutput, standardError

    var descriptor: Int32 {
      switch self {
      case .standardOutput: STDOUT_FILENO
      case .standardError: STDERR_FILENO
      }
    }
  }

  /// Whether a person watches this stream.
  static func isInteractive(_ stream: Stream) -> Bool { isatty(stream.descriptor) == 1 }

  static func write(_ text: String, to stream: Stream = .standardOutput) {
    do {
      switch stream {
      case .standardOutput: try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      case .standardError: try FileHandle.standardError.write(contentsOf: Data(text.utf8))
      }
    } catch {
      // A result that is cut off must not look whole. Without standard error nobody can be told.
      guard stream == .standardOutput else { return }
      write(
        """
        attune: The output cannot be written.
          cause:  \(error.localizedDescription)
          remedy: Check that the disk it goes to has room.

        """,
        to: .standardError
      )
      exit(ExitStatus.cannot.rawValue)
    }
  }

  /// Prints a line to standard output.
  static func line(_ text: String = "") { write(text + "\n") }

  /// Prints a line to standard error.
  static func note(_ text: String) { write(text + "\n", to: .standardError) }

  /// A text in which nothing can move the cursor, change colours or reorder letters: control and
  /// direction-changing characters are shown as their code. Line feeds and tabs stay.
  static func safe(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || !isUnsafe(scalar) {
        result.append(scalar)
      } else {
        result.append(
          contentsOf: "⟨\(String(scalar.value, radix: 16, uppercase: true))⟩".unicodeScalars
        )
      }
    }
    return String(result)
  }

  /// As ``safe(_:)``, on one line.
  static func safeLine(_ text: String) -> String {
    safe(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  /// A sentence with its full stop, so that another may follow.
  static func sentence(_ text: String) -> String {
    guard let last = text.last, !".!?:".contains(last) else { return text }
    return text + "."
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) { return true }
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return true
    default: return false
    }
  }

  /// Prints an error with its subject, cause and remedy.
  static func report(_ error: ErrorDescription, asJSON: Bool = false) {
    if asJSON, let text = try? JSONOutput.encode(["error": error]) {
      note(text)
      return
    }
    note("attune: \(safe(error.message))")
    if !error.subject.isEmpty, !error.message.contains(error.subject) {
      note("  where:  \(safeLine(error.subject))")
    }
    if let cause = error.cause, !cause.isEmpty { note("  cause:  \(safeLine(cause))") }
    note("  remedy: \(safe(error.remedy))")
  }
}
