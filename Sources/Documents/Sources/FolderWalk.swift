import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Goes through a folder and decides for each entry whether it can be read.
struct FolderWalk {
  private let root: String
  private let limits: SourceLimits
  private var items: [SourceItem] = []
  private var skipped: [DocumentError] = []
  private var failures: [DocumentError] = []
  /// The folders that have been entered, so that no way round can enter them again.
  private var entered: Set<FolderIdentity> = []

  private struct FolderIdentity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  init(root: String, limits: SourceLimits) {
    self.root = root
    self.limits = limits
  }

  /// What has been found, sorted by path.
  var listing: SourceListing {
    SourceListing(
      items: items.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
      skipped: skipped.sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) },
      failures: failures.sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
    )
  }

  /// Walks the whole root.
  ///
  /// - Throws: ``DocumentError`` when the root itself cannot be listed.
  mutating func run() throws {
    if let status = try? FileStatus(root, followingLinks: true) { _ = enter(status) }
    var waiting: [(absolute: String, path: String)] = []
    do {
      try takeFolder(root, path: "", waiting: &waiting)
    } catch {
      throw error.documentError(root)
    }
    // A list of folders instead of recursion: depth costs no stack.
    while let folder = waiting.popLast() {
      do {
        try takeFolder(folder.absolute, path: folder.path, waiting: &waiting)
      } catch {
        failures.append(error.documentError(folder.path))
      }
    }
  }

  private mutating func takeFolder(
    _ absolute: String,
    path: String,
    waiting: inout [(absolute: String, path: String)]
  ) throws(SystemError) {
    let names = try Self.entries(absolute)
    let known = Set(names.compactMap { $0 })
    for name in names {
      guard let name else {
        failures.append(Self.unnameable(in: path.isEmpty ? absolute : path))
        continue
      }
      if name.hasPrefix(".") || Self.belongsToDatabase(name, known) { continue }
      if let subject = Sidecar.subject(of: name), known.contains(subject),
        !Self.isFolder(absolute + "/" + subject)
      {
        continue
      }
      let childPath = path.isEmpty ? name : path + "/" + name
      let childAbsolute = absolute + "/" + name
      do throws(SystemError) {
        let status = try FileStatus(childAbsolute, followingLinks: false)
        switch status.kind {
        case .folder:
          if enter(status) { waiting.append((childAbsolute, childPath)) }
        case .file: takeFile(childAbsolute, path: childPath, status: status)
        case .link: try takeLink(childAbsolute, path: childPath, waiting: &waiting)
        case .other: skipped.append(Self.special(childPath))
        }
      } catch {
        // An entry that is gone since the folder was listed is not there: nothing to report.
        if !error.isMissing { failures.append(error.documentError(childPath)) }
      }
    }
  }

  /// A link is followed only to places within the root that are not listed under their own names.
  private mutating func takeLink(
    _ absolute: String,
    path: String,
    waiting: inout [(absolute: String, path: String)]
  ) throws(SystemError) {
    guard let target = Self.realPath(absolute) else {
      let error = SystemError(errno)
      guard error.isMissing else { throw error }
      skipped.append(Self.link(path, "leads to nothing"))
      return
    }
    guard target == root || target.hasPrefix(root == "/" ? "/" : root + "/") else {
      skipped.append(Self.link(path, "leads out of the folder"))
      return
    }
    let within = target.dropFirst(root.count).split(separator: "/")
    let isHidden = within.contains { $0.hasPrefix(".") }
    let status = try FileStatus(absolute, followingLinks: true)
    if status.kind == .folder, (absolute + "/").hasPrefix(target + "/") {
      failures.append(SystemError(ELOOP).documentError(path))
    } else if !isHidden || within.contains(".attune") {
      skipped.append(Self.link(path, "leads to a place that is read under its own name"))
    } else if status.kind == .folder {
      if enter(status) { waiting.append((absolute, path)) }
    } else if status.kind == .file {
      takeFile(absolute, path: path, status: status)
    }
  }

  /// Notes a folder; false if it has been entered before.
  private mutating func enter(_ status: FileStatus) -> Bool {
    entered.insert(FolderIdentity(device: status.device, inode: status.inode)).inserted
  }

  /// Decides by name, and where the name says nothing by content, what a file is.
  mutating func takeFile(_ absolute: String, path: String, status: FileStatus) {
    // A change in the sidecar has the file read again.
    let sidecar = Sidecar.status(beside: absolute).map { " " + $0.status.fingerprint } ?? ""
    var format = FormatDetector.format(ofName: path)
    if format == nil || format == .sqlite {
      do {
        let header = try FileContent.header(absolute, length: FormatDetector.headerLength)
        let isNamedDatabase = format == .sqlite
        format = FormatDetector.format(ofContent: header[...]) ?? .plainText
        if isNamedDatabase, format != .sqlite, !header.isEmpty {
          failures.append(SQLiteFault.notADatabase(path, header: header))
          return
        }
        if format == .plainText, !header.isEmpty, Self.isBinary(header) {
          skipped.append(.notText(path))
          return
        }
      } catch {
        failures.append(error.documentError(path))
        return
      }
    }
    switch format {
    case .unreadable(let name): skipped.append(.unreadable(name, path: path))
    case .sqlite: takeDatabase(absolute, path: path, sidecar: sidecar)
    default:
      items.append(
        SourceItem(
          path: path,
          fingerprint: status.fingerprint + sidecar,
          size: status.size,
          modified: status.modified
        )
      )
    }
  }

  private mutating func takeDatabase(_ absolute: String, path: String, sidecar: String) {
    do {
      let listing = try SQLiteSource(path: absolute, name: path, limits: limits)
        .listing(subject: path, prefix: PartPath.join(path, ""))
      items += listing.items.map { item in
        var item = item
        item.fingerprint += sidecar
        return item
      }
      skipped += listing.skipped
      failures += listing.failures
    } catch let error as DocumentError {
      failures.append(error)
    } catch {
      failures.append(SQLiteFault.documentError(error, subject: path))
    }
  }

  /// A UTF-8 sequence cut at the end of the header does not make it binary.
  private static func isBinary(_ header: [UInt8]) -> Bool { TextDecoder.decode(header) == nil }
}
