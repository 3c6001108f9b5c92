/// Reads text documents of Word and programs like it (ISO/IEC 29500, transitional and strict).
///
/// Headings, lists with the numbers a reader sees, tables, text boxes, charts, equations, notes and
/// comments stand where they belong; headers and footers once, at the end.
enum WordReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let package = try OfficePackage(bytes, path: path, limits: limits)
    let part = try package.mainPart(usual: "word/document.xml")
    guard let root = try package.tree(part) else {
      throw DocumentError.noContent(path, kind: "Word document", warnings: package.warnings)
    }
    let relationships = try package.relationships(of: part)
    func tree(_ kind: String) throws -> XMLElement? {
      let targets = relationships.values.filter { $0.kind == kind }.map(\.target).sorted()
      return try targets.first.flatMap { try package.tree($0) }
    }
    let styles = try tree("styles").map { WordStyles($0) } ?? WordStyles()
    let numbering = try tree("numbering").map { WordNumbering($0) } ?? WordNumbering()
    let collector = try WordCollector(
      package: package,
      part: part,
      styles: styles,
      numbering: numbering,
      notes: try WordNotes(package: package, relationships: relationships)
    )
    var builder = DocumentBuilder()
    WordPiece.write(try collector.pieces(in: root), into: &builder)
    try writeMargins(package, relationships, styles, numbering, into: &builder)
    builder.metadata = try package.coreProperties()
    builder.warnings += package.warnings
    let own = collector.title.isEmpty ? nil : collector.title
    let title = own ?? OfficePackage.title(builder.metadata) ?? collector.firstHeading?.text
    return builder.document(
      title: title ?? FormatDetector.baseName(path),
      mediaType: FileFormat.word.mediaType
    )
  }

  /// Headers and footers, each wording once.
  private static func writeMargins(
    _ package: OfficePackage,
    _ relationships: [String: OfficePackage.Relationship],
    _ styles: WordStyles,
    _ numbering: WordNumbering,
    into builder: inout DocumentBuilder
  ) throws {
    var seen: Set<String> = []
    let margins = relationships.values.filter { $0.kind == "header" || $0.kind == "footer" }
    for part in margins.map(\.target).sorted() {
      guard let root = try package.tree(part) else { continue }
      let collector = try WordCollector(
        package: package,
        part: part,
        styles: styles,
        numbering: numbering,
        notes: WordNotes()
      )
      let text = WordPiece.text(try collector.pieces(in: root))
      // A page's number alone says nothing.
      guard text.unicodeScalars.contains(where: \.properties.isAlphabetic),
        seen.insert(text).inserted
      else { continue }
      builder.append(.paragraph, text, origin: .elements(part: part, 1...max(1, collector.count)))
    }
  }
}
