package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A temporary file that only this user can read; it is gone when the value goes.
///
/// Helper programs get a document in such a file, so that they need no access to the original.
package final class PrivateFile {
  package let path: String

  /// Writes bytes into a new file.
  package init(_ bytes: some ContiguousBytes) throws(SystemError) {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    var name = Array((folder + "/attune-XXXXXX").utf8CString)
    // Made with mode 0600, under a name that was not there.
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw SystemError(errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let failure = bytes.withUnsafeBytes { Self.write($0, to: descriptor) }
    close(descriptor)
    if let failure {
      unlink(path)
      throw failure
    }
  }

  deinit { unlink(path) }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, part.baseAddress, part.count)
      #else
        let count = Darwin.write(descriptor, part.baseAddress, part.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return SystemError(errno)
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
