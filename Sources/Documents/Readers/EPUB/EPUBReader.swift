/// Reads electronic books (EPUB 2 and 3): the chapters in the order of the spine, each as HTML.
enum EPUBReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let package = try OfficePackage(bytes, path: path, limits: limits)
    let container = try package.tree("META-INF/container.xml")
    let named = container?.descendants(["rootfile", "ocf:rootfile"]).first?["full-path"]
    let part = named ?? package.names.first { $0.hasSuffix(".opf") } ?? ""
    let root = try package.tree(part)
    let chapters = chapters(package, root, part: part)
    guard !chapters.isEmpty else {
      throw DocumentError.noContent(path, kind: "book", warnings: package.warnings)
    }
    let locked = try package.tree("META-INF/encryption.xml").map { encryption in
      Set(
        encryption.descendants(["enc:CipherReference", "CipherReference"]).compactMap { $0["URI"] }
      )
    }
    if let locked, chapters.contains(where: locked.contains) { throw DocumentError.encrypted(path) }

    var builder = DocumentBuilder()
    var title: String?
    for chapter in chapters {
      guard let bytes = try package.contents(chapter), let text = TextDecoder.decode(bytes) else {
        continue
      }
      let document = HTMLReader.read(text, path: chapter)
      if title == nil, !document.blocks.isEmpty { title = document.title }
      append(document, part: chapter, to: &builder)
    }
    if let metadata = root?.elements.first(where: { $0.name.hasSuffix("metadata") }) {
      builder.metadata = OfficePackage.properties(metadata)
      // Here the date is the one of publication.
      if let date = builder.metadata.removeValue(forKey: "modified") {
        builder.metadata["created"] = builder.metadata["created"] ?? date
      }
    }
    builder.warnings += package.warnings
    return builder.document(
      title: OfficePackage.title(builder.metadata) ?? title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.epub.mediaType
    )
  }

  /// The parts of the spine; all pages in the order of the archive where there is none.
  private static func chapters(
    _ package: OfficePackage,
    _ root: XMLElement?,
    part: String
  ) -> [String] {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    var targets: [String: String] = [:]
    for item in root?.descendants(["item", "opf:item"]) ?? [] {
      guard let id = item["id"], let target = item["href"] else { continue }
      let plain = target.removingPercentEscapes
      targets[id] = OfficePackage.resolve(plain, in: folder)
    }
    let spine = (root?.descendants(["itemref", "opf:itemref"]) ?? [])
      .compactMap { $0["idref"].flatMap { targets[$0] } }.filter(package.holds)
    if !spine.isEmpty { return spine }
    return package.names.filter { name in
      [".xhtml", ".html", ".htm"].contains { name.lowercased().hasSuffix($0) }
    }
  }

  /// Takes over a chapter's blocks; their places are counted within the chapter.
  private static func append(
    _ document: ExtractedDocument,
    part: String,
    to builder: inout DocumentBuilder
  ) {
    let text = IndexedText(document.text)
    for (index, block) in document.blocks.enumerated() {
      let origin = Origin.elements(part: part, (index + 1)...(index + 1))
      if case .row(let fields) = block.kind {
        let cells = fields.map { ($0.column, text.slice($0.characters) ?? "") }
        builder.appendRow(label: nil, cells: cells, origin: origin)
      } else {
        builder.append(block.kind, text.slice(block.characters) ?? "", origin: origin)
      }
    }
  }
}

extension String {
  /// With `%20` and the like resolved, where they are valid.
  fileprivate var removingPercentEscapes: String {
    var result: [UInt8] = []
    let bytes = Array(utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(bytes[(index + 1)...(index + 2)].string, radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
