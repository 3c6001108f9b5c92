/// Reads a ZIP archive: a list of what is in it as its text, its files as documents of their own.
enum ZipReader {
  /// A list of more names than this says no more.
  private static let maximumListed = 500

  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    guard let archive = ZipArchive(bytes[...]) else { throw DocumentError.damagedArchive(path) }
    let files = files(archive)
    var builder = DocumentBuilder()
    for (index, file) in files.prefix(maximumListed).enumerated() {
      builder.append(
        .listItem,
        "- " + file.name,
        origin: .elements(part: file.name, (index + 1)...(index + 1))
      )
    }
    if files.count > maximumListed {
      builder.append(
        .paragraph,
        "and \(files.count - maximumListed) more files",
        origin: .elements(part: "", (maximumListed + 1)...files.count)
      )
    }
    builder.warnings = warnings(archive)
    return builder.document(
      title: FormatDetector.baseName(path),
      mediaType: FileFormat.zip.mediaType
    )
  }

  static func parts(
    of bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> [DocumentPart] {
    guard let archive = ZipArchive(bytes[...]) else { throw DocumentError.damagedArchive(path) }
    let files = files(archive)
    guard files.count <= limits.maximumParts else {
      throw DocumentError(
        .tooLarge,
        "\(path) holds \(files.count) files, more than the limit of \(limits.maximumParts)",
        subject: path,
        remedy: "Unpack it, or raise the limit for the number of parts."
      )
    }
    let limit = limits.maximumUnpackedBytes
    var sum = 0
    for file in files {
      let (total, isOver) = sum.addingReportingOverflow(file.entry.size ?? 0)
      guard !isOver, total <= limit else { throw DocumentError.unfolds(path) }
      sum = total
    }
    return files.map { file in
      // A file that turns out larger than it says is damaged; together they keep the limit.
      let room = file.entry.size.map { max($0, 1) } ?? limit
      return DocumentPart(name: file.name, size: file.entry.size) {
        let contents = try archive.contents(of: file.entry, path: path, limit: room)
        if let fault = contents.fault { throw DocumentError.damagedArchive(path, cause: fault) }
        return contents.bytes
      }
    }
  }

  /// The files that are meant to be seen, under names that differ.
  private static func files(_ archive: ZipArchive) -> [(name: String, entry: ZipEntry)] {
    var seen: [String: Int] = [:]
    var result: [(name: String, entry: ZipEntry)] = []
    for entry in archive.entries where !entry.isFolder {
      let name = clean(entry.name)
      let steps = name.split(separator: "/")
      guard let last = steps.last, steps.first != "__MACOSX", last != "Thumbs.db",
        !steps.contains(where: { $0.hasPrefix(".") })
      else { continue }
      let count = seen[name, default: 0] + 1
      seen[name] = count
      // The copy's number goes in front, so that the extension stays.
      result.append((count == 1 ? name : "\(count)/\(name)", entry))
    }
    return result
  }

  /// A relative path without steps upwards and without signs that cannot be seen.
  private static func clean(_ name: String) -> String {
    var visible = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      visible.append(scalar)
    }
    let steps = String(visible).replacing("\\", with: "/").split(separator: "/")
    return steps.filter { $0 != "." && $0 != ".." }.joined(separator: "/")
  }

  private static func warnings(_ archive: ZipArchive) -> [String] {
    var result: [String] = []
    if archive.isDamaged {
      result.append("the archive is cut off or damaged; what could be found was read")
    }
    let locked = archive.entries.count(where: \.isEncrypted)
    if locked > 0 { result.append("\(locked) of its files are protected by a password") }
    return result
  }
}
