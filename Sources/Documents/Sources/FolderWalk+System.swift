import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the walk asks of the operating system, and the reasons it gives.
extension FolderWalk {
  /// The names in a folder without `.` and `..`; nil stands for a name that is not UTF-8.
  static func entries(_ path: String) throws(SystemError) -> [String?] {
    guard let folder = opendir(path) else { throw SystemError(errno) }
    defer { closedir(folder) }
    var names: [String?] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw SystemError(errno) }
        return names
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(validatingCString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// The path with all links followed; nil with `errno` set where there is none.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func isFolder(_ path: String) -> Bool {
    (try? FileStatus(path, followingLinks: true))?.kind == .folder
  }

  static func isDatabase(_ path: String) -> Bool {
    guard let status = try? FileStatus(path, followingLinks: true), status.kind == .file,
      let header = try? FileContent.header(path, length: 16)
    else { return false }
    return FormatDetector.format(ofContent: header[...]) == .sqlite
  }

  /// SQLite's journals lie beside their database and are read through it.
  static func belongsToDatabase(_ name: String, _ names: Set<String>) -> Bool {
    for suffix in ["-wal", "-shm", "-journal"] where name.hasSuffix(suffix) {
      return names.contains(String(name.dropLast(suffix.count)))
    }
    return false
  }

  static func special(_ path: String) -> DocumentError {
    DocumentError(
      .unsupportedFormat,
      "\(path) is a pipe, a socket or a device, not a file",
      subject: path,
      remedy: "Nothing to do; only files are read."
    )
  }

  static func link(_ path: String, _ reason: String) -> DocumentError {
    DocumentError(
      .link,
      "\(path) is a symbolic link that \(reason)",
      subject: path,
      remedy: "Add the place it leads to as a source of its own, if it should be read."
    )
  }

  static func unnameable(in folder: String) -> DocumentError {
    DocumentError(
      .inputOutput,
      "\(folder) holds a file whose name is not valid UTF-8",
      subject: folder,
      remedy: "Rename the file."
    )
  }
}
