/// Reads workbooks of Excel and programs like it (ISO/IEC 29500), hidden sheets too.
///
/// Numbers, dates and percentages read as they are shown; of formulas the stored value is read.
enum ExcelReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    let package = try OfficePackage(bytes, path: path, limits: limits)
    let part = try package.mainPart(usual: "xl/workbook.xml")
    if part.hasSuffix(".bin") {
      throw DocumentError.unreadable("a binary workbook (.xlsb)", path: path)
    }
    let relationships = try package.relationships(of: part)
    let workbook = try package.tree(part)
    let sheets = sheets(package, workbook, relationships)
    guard !sheets.isEmpty else {
      throw DocumentError.noContent(path, kind: "workbook", warnings: package.warnings)
    }
    func target(_ kind: String, _ usual: String) -> String {
      relationships.values.first { $0.kind == kind }?.target ?? usual
    }
    let strings = SharedStrings()
    _ = try package.stream(target("sharedStrings", "xl/sharedStrings.xml"), into: strings)
    let styles = try package.tree(target("styles", "xl/styles.xml")).map { ExcelStyles($0) }
    let is1904 = ["1", "true"].contains(workbook?.first("x:workbookPr")?["date1904"])
    let comments = try SheetComments(package: package, workbook: relationships)

    var builder = DocumentBuilder()
    var writer = SheetWriter()
    var formulas = 0
    for (name, part) in sheets {
      let collector = SheetCollector(
        name: name,
        strings: strings.texts,
        styles: styles ?? ExcelStyles(),
        dates: SerialDate(isFrom1904: is1904)
      )
      guard try package.stream(part, into: collector) else { continue }
      var sheet = collector.sheet
      sheet.arrange()
      formulas += collector.formulasWithoutValue
      let others = try package.relationships(of: part)
      let drawing = collector.drawing.flatMap { others[$0]?.target }
      writer.write(sheet, needsHeading: drawing != nil, into: &builder)
      try comments.write(others, of: name, into: &builder)
      if let drawing {
        try SheetDrawings(package: package).write(drawing, of: name, into: &builder)
      }
    }
    builder.metadata = try package.coreProperties()
    builder.warnings += package.warnings
    if formulas > 0 {
      builder.warnings.append(
        "\(formulas) formulas have no stored value; open the file in a spreadsheet and save it"
      )
    }
    return builder.document(
      title: OfficePackage.title(builder.metadata) ?? FormatDetector.baseName(path),
      mediaType: FileFormat.excel.mediaType,
      table: writer.tables.count == 1 ? writer.tables.first : nil
    )
  }

  /// The sheets in the order of the workbook; by their parts' names where the workbook is lost.
  private static func sheets(
    _ package: OfficePackage,
    _ workbook: XMLElement?,
    _ relationships: [String: OfficePackage.Relationship]
  ) -> [(name: String, part: String)] {
    let named = (workbook?.first("x:sheets")?.all("x:sheet") ?? []).compactMap { sheet in
      sheet["r:id"].flatMap { relationships[$0]?.target }.map { (sheet["name"] ?? "Sheet", $0) }
    }
    .filter { package.holds($0.1) }
    if !named.isEmpty { return named }
    let numbered = package.names.compactMap { name -> (number: Int, part: String)? in
      guard name.hasPrefix("xl/worksheets/sheet"), name.hasSuffix(".xml") else { return nil }
      return Int(name.dropFirst(19).dropLast(4)).map { ($0, name) }
    }
    return numbered.sorted { $0.number < $1.number }.map { ("Sheet\($0.number)", $0.part) }
  }
}
