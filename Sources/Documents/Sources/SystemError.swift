import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An error number from the operating system.
package struct SystemError: Error, Hashable {
  var number: Int32

  init(_ number: Int32) { self.number = number }

  var isMissing: Bool { number == ENOENT || number == ENOTDIR }

  /// The operating system's words for it.
  var text: String { String(cString: strerror(number)) }

  /// The same as an error for the user.
  func documentError(_ path: String) -> DocumentError {
    switch number {
    case ENOENT, ENOTDIR: return .missing(path)
    case EACCES, EPERM: return .forbidden(path, cause: text)
    case ELOOP:
      return DocumentError(
        .loop,
        "\(path) is a symbolic link that leads back to itself",
        subject: path,
        cause: text,
        remedy: "Remove the link."
      )
    default:
      return DocumentError(
        .inputOutput,
        "\(path) cannot be read",
        subject: path,
        cause: text,
        remedy: "Check the disk or the network drive it is on, then sync again."
      )
    }
  }
}
