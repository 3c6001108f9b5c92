#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The few system calls that segments need, with their errors as values.
enum System {
  /// Writes all bytes at the current position of a file.
  static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, path: String)
    throws(IndexError)
  {
    var position = 0
    while position < bytes.count {
      guard let base = bytes.baseAddress else { return }
      let written = systemWrite(file, base + position, bytes.count - position)
      if written > 0 {
        position += written
      } else if errno != EINTR {
        throw failure("The index segment could not be written.", path: path)
      }
    }
  }

  /// Makes a file's content survive a power failure.
  static func synchronize(_ file: Int32, path: String) throws(IndexError) {
    #if canImport(Darwin)
      if fcntl(file, F_FULLFSYNC) == 0 { return }
    #endif
    while fsync(file) != 0 {
      guard errno == EINTR else {
        throw failure("The index segment could not be written to the disk.", path: path)
      }
    }
  }

  /// Makes the names in a directory survive a power failure.
  static func synchronizeDirectory(_ path: String) throws(IndexError) {
    let directory = open(path, O_RDONLY)
    guard directory >= 0 else {
      throw failure("The index directory could not be opened.", path: path)
    }
    defer { close(directory) }
    try synchronize(directory, path: path)
  }

  /// The error that `errno` stands for now.
  static func failure(_ message: String, path: String) -> IndexError {
    let number = errno
    let cause = String(cString: strerror(number))
    switch number {
    case ENOENT:
      return IndexError(
        .missing,
        "The index segment is missing.",
        subject: path,
        cause: cause,
        remedy: "It is built again from the database."
      )
    case ENOSPC, EDQUOT:
      return IndexError(
        .diskFull,
        message,
        subject: path,
        cause: cause,
        remedy: "Free some space on the disk and run the command again."
      )
    default:
      return IndexError(
        .inputOutput,
        message,
        subject: path,
        cause: cause,
        remedy: "Check that the folder exists and that you may write to it."
      )
    }
  }

  // A name of its own, because `write` inside the type means the function above.
  private static func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(file, bytes, count)
    #elseif canImport(Musl)
      Musl.write(file, bytes, count)
    #else
      Glibc.write(file, bytes, count)
    #endif
  }
}
