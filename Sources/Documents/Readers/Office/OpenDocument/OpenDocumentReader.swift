/// Reads texts, spreadsheets and presentations in the OpenDocument format (ISO/IEC 26300).
enum OpenDocumentReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let package = try OfficePackage(bytes, path: path, limits: limits)
    let manifest = try package.tree("META-INF/manifest.xml")
    if manifest?.descendants(["manifest:encryption-data"]).isEmpty == false {
      throw DocumentError.encrypted(path)
    }
    guard let root = try package.tree("content.xml"), let body = root.first("office:body") else {
      throw DocumentError.noContent(
        path,
        kind: "OpenDocument file",
        warnings: package.warnings
      )
    }
    var builder = DocumentBuilder()
    var title: String?
    var table: TableDescription?
    let collector = OpenTextCollector(styles: root)
    if let sheets = body.first("office:spreadsheet") {
      table = OpenSheets.write(sheets, into: &builder)
    } else if let slides = body.first("office:presentation") ?? body.first("office:drawing") {
      title = OpenSlides.write(slides, collector, into: &builder)
    } else if let text = body.first("office:text") {
      WordPiece.write(collector.pieces(in: text), into: &builder)
      title = collector.title
    }
    if let meta = try package.tree("meta.xml")?.first("office:meta") {
      builder.metadata = OfficePackage.properties(meta)
    }
    builder.warnings += package.warnings
    return builder.document(
      title: OfficePackage.title(builder.metadata) ?? title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.openDocument.mediaType,
      table: table
    )
  }
}
