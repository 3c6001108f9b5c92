/// Small office files for tests.
enum OfficeFiles {
  private static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The part that says what a part refers to.
  static func relationships(_ targets: [(id: String, kind: String, target: String)]) -> String {
    let lines = targets.map {
      "<Relationship Id='\($0.id)' Type='\(types)/\($0.kind)' Target='\($0.target)'/>"
    }
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
      + lines.joined() + "</Relationships>"
  }

  static func word(_ body: String, more: [(name: String, text: String)] = []) -> [UInt8] {
    let names = """
      xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
      xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
      xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'
      """
    return ZipBuilder.archive(
      [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", relationships([("r1", "officeDocument", "word/document.xml")])),
        ("word/document.xml", "<w:document \(names)><w:body>\(body)</w:body></w:document>"),
      ] + more
    )
  }

  /// A paragraph of a Word document.
  static func paragraph(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t xml:space='preserve'>\(text)</w:t></w:r></w:p>"
  }

  static func excel(_ sheets: [(name: String, data: String)], styles: String = "") -> [UInt8] {
    let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name='\(sheet.name)' sheetId='\(index + 1)' r:id='s\(index + 1)'/>"
    }
    let targets = sheets.indices.map {
      ("s\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml")
    }
    var members = [
      ("[Content_Types].xml", "<Types/>"),
      ("_rels/.rels", relationships([("r1", "officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        "<workbook \(main) xmlns:r='\(types)'><sheets>\(list.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", relationships(targets)),
      ("xl/styles.xml", "<styleSheet \(main)>\(styles)</styleSheet>"),
    ]
    for (index, sheet) in sheets.enumerated() {
      members.append(
        ("xl/worksheets/sheet\(index + 1).xml", "<worksheet \(main)>\(sheet.data)</worksheet>")
      )
    }
    return ZipBuilder.archive(members.map { (name: $0.0, text: $0.1) })
  }

  /// A row of cells with texts; an empty one is left out.
  static func row(_ number: Int, _ texts: [String], from column: Int = 0) -> String {
    let letters = Array("ABCDEFGHIJKL").map(String.init)
    let cells = texts.enumerated().filter { !$1.isEmpty }.map { index, text in
      let place = letters[column + index] + "\(number)"
      return Double(text) == nil
        ? "<c r='\(place)' t='inlineStr'><is><t>\(text)</t></is></c>"
        : "<c r='\(place)'><v>\(text)</v></c>"
    }
    return "<row r='\(number)'>\(cells.joined())</row>"
  }
}
