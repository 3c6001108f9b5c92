import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the file system says about a file, without opening it.
struct FileStatus: Hashable {
  enum Kind { case file, folder, link, other }

  var kind: Kind
  var size: Int
  /// Last modification in whole seconds since 1970 and nanoseconds.
  var seconds: Int
  var nanoseconds: Int
  var device: UInt64
  var inode: UInt64

  /// Asks about a path. With `followingLinks` a link stands for what it leads to.
  ///
  /// - Throws: ``SystemError``.
  init(_ path: String, followingLinks: Bool) throws(SystemError) {
    var value = stat()
    let result = followingLinks ? stat(path, &value) : lstat(path, &value)
    guard result == 0 else { throw SystemError(errno) }
    self.init(value)
  }

  init(descriptor: Int32) throws(SystemError) {
    var value = stat()
    guard fstat(descriptor, &value) == 0 else { throw SystemError(errno) }
    self.init(value)
  }

  private init(_ value: stat) {
    switch value.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    size = Int(value.st_size)
    #if canImport(Darwin)
      let time = value.st_mtimespec
    #else
      let time = value.st_mtim
    #endif
    seconds = Int(time.tv_sec)
    nanoseconds = Int(time.tv_nsec)
    device = UInt64(truncatingIfNeeded: value.st_dev)
    inode = UInt64(truncatingIfNeeded: value.st_ino)
  }

  /// A value that differs whenever the content may have changed.
  var fingerprint: String { "\(size)-\(seconds).\(nanoseconds)-\(inode)" }

  var modified: Double { Double(seconds) + Double(nanoseconds) / 1e9 }
}
