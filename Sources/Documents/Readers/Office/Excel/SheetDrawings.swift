/// What is drawn on a sheet: charts with their data, and text boxes.
struct SheetDrawings {
  let package: OfficePackage

  /// Writes the drawings of a part that a sheet refers to.
  func write(_ part: String, of sheet: String, into builder: inout DocumentBuilder) throws {
    guard let root = try package.tree(part) else { return }
    let relationships = try package.relationships(of: part)
    for anchor in root.elements {
      let origin = Origin.cells(sheet: sheet, Self.range(anchor))
      for found in anchor.descendants(["xdr:txBody", "c:chart"]) {
        if found.name == "xdr:txBody" {
          for paragraph in SlideText.paragraphs(found) {
            builder.append(paragraph.kind, paragraph.text, origin: origin)
          }
          continue
        }
        guard let target = found["r:id"].flatMap({ relationships[$0]?.target }),
          let chart = try package.tree(target)
        else { continue }
        let (title, table) = ChartText.read(chart, origin: origin)
        builder.append(.paragraph, title, origin: origin)
        table.write(into: &builder)
      }
    }
  }

  /// The cells that a drawing lies over.
  private static func range(_ anchor: XMLElement) -> CellRange {
    func number(_ corner: String, _ name: String, _ limit: Int) -> Int? {
      guard let text = anchor.first(corner, name)?.text, let value = Int(text.trimmed) else {
        return nil
      }
      return min(max(value, 0), limit - 1) + 1
    }
    let row = number("xdr:from", "xdr:row", Sheet.maximumRow) ?? 1
    let column = number("xdr:from", "xdr:col", Sheet.maximumColumn) ?? 1
    let lastRow = number("xdr:to", "xdr:row", Sheet.maximumRow) ?? row
    let lastColumn = number("xdr:to", "xdr:col", Sheet.maximumColumn) ?? column
    return CellRange(rows: row...max(row, lastRow), columns: column...max(column, lastColumn))
  }
}
