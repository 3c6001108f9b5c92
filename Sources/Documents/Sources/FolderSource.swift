import Foundation

/// A folder with everything below it, or a single file.
///
/// Tables of the SQLite databases that lie in it become items of their own, with the path
/// `<path of the database>#<table>`. What lies inside a file (an attachment, a file of an archive) can be
/// read by the path `<path of the file>#<name>`. A file may have a ``Sidecar``.
public struct FolderSource: DocumentSource {
  /// The folder or file.
  public var root: String
  /// What the source is called in URLs.
  public var name: String
  public var limits: SourceLimits

  /// - Parameters:
  ///   - root: Path of a folder or a file.
  ///   - name: What the source is called; by default the last part of the path.
  ///   - limits: How far reading goes.
  public init(root: String, name: String? = nil, limits: SourceLimits = SourceLimits()) {
    self.root = root
    self.name = name ?? FormatDetector.fileName(root)
    self.limits = limits
  }

  /// Everything below the folder, sorted by path. Hidden files and folders are passed over.
  ///
  /// Files are not opened, except databases and those whose name does not tell what they are.
  /// A place in `failures` stands for everything below it: `subject` is its path within the source,
  /// and documents whose path begins with it and `/` or `#` may still exist.
  ///
  /// - Throws: ``DocumentError`` when the folder itself is missing or may not be read.
  public func list() throws -> SourceListing {
    let status: FileStatus
    do {
      status = try FileStatus(root, followingLinks: true)
    } catch {
      throw error.documentError(root)
    }
    var walk = FolderWalk(root: resolvedRoot, limits: limits)
    if status.kind == .folder {
      try walk.run()
    } else {
      walk.takeFile(resolvedRoot, path: FormatDetector.fileName(resolvedRoot), status: status)
    }
    return walk.listing
  }

  /// Reads one file or one table of a database.
  ///
  /// The bytes are read at once, taking them apart waits until `extract` is called.
  public func read(_ item: SourceItem) throws -> SourceContent {
    let components = item.path.split(separator: "/", omittingEmptySubsequences: false)
    guard !components.contains(".."), !item.path.hasPrefix("/") else {
      throw DocumentError.missing(item.path)
    }
    let place = innerPlace(item.path)
    if let place, FolderWalk.isDatabase(absolute(place.file)) {
      let database = SQLiteSource(
        path: absolute(place.file),
        name: place.file,
        limits: limits
      )
      return try database.content(ofTable: String(place.name), subject: item.path)
        .described(by: sidecar(of: place.file))
    }
    let path = place?.file ?? item.path
    let bytes = try FileContent.read(
      absolute(path),
      subject: path,
      limit: limits.maximumFileBytes
    )
    let content = SourceContent(file: bytes, path: path, limits: limits)
      .described(by: sidecar(of: path))
    guard let place else { return content }
    return try content.part(named: place.name, subject: item.path)
  }

  private func sidecar(of path: String) -> Sidecar? {
    let file = absolute(path)
    guard let suffix = Sidecar.status(beside: file)?.suffix else { return nil }
    return Sidecar(path: path + suffix) {
      try FileContent.read(file + suffix, subject: path + suffix, limit: Sidecar.maximumBytes)
    }
  }

  /// The root with all links followed, so that links within can be compared with it.
  private var resolvedRoot: String {
    var path = FolderWalk.realPath(root) ?? root
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private func absolute(_ path: String) -> String {
    let root = resolvedRoot
    if let status = try? FileStatus(root, followingLinks: true), status.kind != .folder {
      return root
    }
    return root + "/" + path
  }

  /// Splits `data/shop.sqlite#orders` and `mail/offer.eml#terms.pdf`; a file whose own name holds `#` is
  /// left whole.
  private func innerPlace(_ path: String) -> (file: String, name: Substring)? {
    let splits = PartPath.splits(path)
    guard !splits.isEmpty else { return nil }
    let root = resolvedRoot
    let split: (holder: String, part: Substring)?
    if !FolderWalk.isFolder(root) {
      let file = FormatDetector.fileName(root)
      split = splits.first { $0.holder == file }
    } else {
      split = isFile(path) ? nil : splits.first { isFile($0.holder) }
    }
    return split.map { ($0.holder, $0.part) }
  }

  private func isFile(_ path: String) -> Bool {
    (try? FileStatus(absolute(path), followingLinks: true))?.kind == .file
  }
}
