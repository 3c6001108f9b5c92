/// Reads presentations of PowerPoint and programs like it (ISO/IEC 29500): each slide under its title,
/// with its text, tables, charts, notes and comments.
enum PowerPointReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let package = try OfficePackage(bytes, path: path, limits: limits)
    let part = try package.mainPart(usual: "ppt/presentation.xml")
    let slides = try slides(package, part: part)
    guard !slides.isEmpty else {
      throw DocumentError.noContent(path, kind: "presentation", warnings: package.warnings)
    }
    let authors = try CommentAuthors(package: package, presentation: part)
    var builder = DocumentBuilder()
    let layouts = SlideLayouts(package: package)
    var title: String?
    for (index, slide) in slides.enumerated() {
      guard let root = try package.tree(slide) else { continue }
      var reading = try SlideReading(
        package: package,
        part: slide,
        number: index + 1,
        layouts: layouts
      )
      reading.read(root)
      try reading.write(authors: authors, into: &builder)
      if title == nil, !reading.title.isEmpty { title = reading.title }
    }
    builder.metadata = try package.coreProperties()
    builder.warnings += package.warnings
    return builder.document(
      title: OfficePackage.title(builder.metadata) ?? title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.powerPoint.mediaType
    )
  }

  /// The slides' parts in the order they are shown in; in the order of their names where that order is
  /// lost.
  private static func slides(_ package: OfficePackage, part: String) throws -> [String] {
    let relationships = try package.relationships(of: part)
    let list = try package.tree(part)?.first("p:sldIdLst")?.all("p:sldId") ?? []
    let shown = list.compactMap { $0["r:id"].flatMap { relationships[$0]?.target } }
      .filter(package.holds)
    if !shown.isEmpty { return shown }
    let numbered = package.names.compactMap { name -> (Int, String)? in
      guard name.hasPrefix("ppt/slides/slide"), name.hasSuffix(".xml") else { return nil }
      return Int(name.dropFirst(16).dropLast(4)).map { ($0, name) }
    }
    return numbered.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
