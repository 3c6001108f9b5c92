import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a file once and notices when it changes meanwhile.
enum FileContent {
  /// The whole file.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - subject: What to call it in errors.
  ///   - limit: The most bytes that are read.
  /// - Returns: All bytes.
  /// - Throws: ``DocumentError``: `notFound`, `noPermission`, `tooLarge`, `changedWhileRead`,
  ///   `inputOutput`.
  static func read(_ path: String, subject: String, limit: Int) throws -> [UInt8] {
    do {
      return try bytes(path, subject: subject, limit: limit)
    } catch let error as SystemError {
      throw error.documentError(subject)
    }
  }

  /// The first bytes of a file, for recognising its format.
  static func header(_ path: String, length: Int) throws(SystemError) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    return try readFully(descriptor, count: length)
  }

  private static func bytes(_ path: String, subject: String, limit: Int) throws -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    let before = try FileStatus(descriptor: descriptor)
    guard before.kind == .file else {
      throw DocumentError(
        .unsupportedFormat,
        "\(subject) is not a regular file",
        subject: subject,
        remedy: "Leave it out of the source."
      )
    }
    guard before.size <= limit else {
      throw DocumentError.tooLarge(subject, bytes: before.size, limit: limit)
    }
    // One byte more than expected shows that the file has grown.
    let bytes = try readFully(descriptor, count: before.size + 1)
    guard bytes.count == before.size, try FileStatus(descriptor: descriptor) == before else {
      throw DocumentError.changed(subject)
    }
    return bytes
  }

  /// Opens for reading without waiting for a writer at the other end of a pipe.
  private static func open(_ path: String) throws(SystemError) -> Int32 {
    while true {
      #if canImport(Glibc)
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      #elseif canImport(Musl)
        let descriptor = Musl.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      #else
        let descriptor = Darwin.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      #endif
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw SystemError(errno) }
    }
  }

  private static func readFully(_ descriptor: Int32, count: Int) throws(SystemError) -> [UInt8] {
    var failure: Int32?
    let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        #if canImport(Glibc)
          let got = Glibc.read(descriptor, base + filled, count - filled)
        #elseif canImport(Musl)
          let got = Musl.read(descriptor, base + filled, count - filled)
        #else
          let got = Darwin.read(descriptor, base + filled, count - filled)
        #endif
        if got == 0 { return }
        if got < 0 {
          if errno == EINTR { continue }
          failure = errno
          return
        }
        filled += got
      }
    }
    if let failure { throw SystemError(failure) }
    return result
  }
}
