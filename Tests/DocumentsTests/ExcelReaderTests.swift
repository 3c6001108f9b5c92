import Documents
import Testing

@Suite("Excel")
struct ExcelReaderTests {
  private typealias Files = OfficeFiles

  @Test("A workbook with one table is a table; rows know their cells")
  func table() throws {
    let data =
      Files.row(1, ["Product", "Price"]) + Files.row(2, ["Gauge", "0.30000000000000004"])
      + Files.row(3, ["Valve", "12"])
    let bytes = Files.excel([("Prices", "<sheetData>\(data)</sheetData>")])
    let document = try DocumentReader.extract(bytes, path: "p.xlsx")
    #expect(
      blockTexts(document) == [
        "Prices", "Product | Price", "Product: Gauge | Price: 0.3", "Product: Valve | Price: 12",
      ]
    )
    #expect(
      document.blocks[3].origin == .cells(sheet: "Prices", CellRange(rows: 3...3, columns: 1...2))
    )
    #expect(document.table?.columns == ["Product", "Price"])
    #expect(document.table?.rowCount == 2)
    checkInvariants(document)
  }

  @Test("Dates, times, percentages, truth values and errors read as they are shown")
  func values() throws {
    let styles = """
      <numFmts><numFmt numFmtId='170' formatCode='[h]:mm'/><numFmt numFmtId='171'
      formatCode='"day" 0.0'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>
      <xf numFmtId='22'/><xf numFmtId='10'/><xf numFmtId='170'/><xf numFmtId='20'/>
      <xf numFmtId='171'/></cellXfs>
      """
    let cells = """
      <row><c s='1'><v>45292</v></c><c s='2'><v>45292.5</v></c><c s='3'><v>0.125</v></c>
      <c s='4'><v>1.5</v></c><c s='5'><v>0.75</v></c><c s='6'><v>2</v></c><c t='b'><v>1</v></c>
      <c t='e'><v>#N/A</v></c><c t='str'><f>A1</f><v>done</v></c><c s='1'><v>1</v></c></row>
      """
    let bytes = Files.excel([("V", "<sheetData>\(cells)</sheetData>")], styles: styles)
    let text = try DocumentReader.extract(bytes, path: "v.xlsx").text
    let values = text.split(separator: "|").map {
      $0.split(separator: ": ", maxSplits: 1).last ?? ""
    }
    #expect(
      values.map { $0.trimmingPrefix(" ").description } == [
        "2024-01-01 ", "2024-01-01 12:00:00 ", "12.5% ", "36:00:00 ", "18:00:00 ", "2 ", "TRUE ",
        "#N/A ", "done ", "1900-01-01",
      ]
    )
  }

  @Test("Tables side by side, below one another and at a corner are told apart")
  func blocks() throws {
    let data =
      Files.row(1, ["A", "B", "", "C", "D"]) + Files.row(2, ["1", "2", "", "3", "4"])
      + Files.row(4, ["Title"]) + Files.row(5, ["E", "F", "G"]) + Files.row(6, ["5", "6", "7"])
      + Files.row(7, ["H", "I"], from: 3) + Files.row(8, ["8", "9"], from: 3)
    let bytes = Files.excel([("S", "<sheetData>\(data)</sheetData>")])
    let document = try DocumentReader.extract(bytes, path: "b.xlsx")
    #expect(
      blockTexts(document) == [
        "S", "A | B", "A: 1 | B: 2", "C | D", "C: 3 | D: 4", "Title", "E | F | G",
        "E: 5 | F: 6 | G: 7", "H | I", "H: 8 | I: 9",
      ]
    )
    #expect(document.table == nil)
    checkInvariants(document)
  }

  @Test("Merged header cells join with the names below them")
  func mergedHeader() throws {
    let data =
      Files.row(1, ["Region", "2024", "x"]) + Files.row(2, ["", "Q1", "Q2"])
      + Files.row(3, ["North", "1", "2"])
    let text = data.replacing(
      "<c r='B1'><v>2024</v></c>",
      with: "<c r='B1' t='str'><v>2024</v></c>"
    )
    let merges = "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/></mergeCells>"
    let bytes = Files.excel([("M", "<sheetData>\(text)</sheetData>" + merges)])
    let rows = blockTexts(try DocumentReader.extract(bytes, path: "m.xlsx"))
    #expect(rows.last == "Region: North | 2024 Q1: 1 | 2024 Q2: 2")
  }

  @Test("Cells outside the sheet and ranges without end do no harm")
  func hostile() throws {
    let data = """
      <sheetData><row r='99999999999'><c r='A99999999999'><v>1</v></c></row><row r='2'>
      <c r='ZZZZ2'><v>1</v></c><c r='B2' t='s'><v>-7</v></c><c r='C2' s='99'><v>5</v></c></row>
      </sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='B9:A1'/></mergeCells>
      """
    let document = try DocumentReader.extract(Files.excel([("H", data)]), path: "h.xlsx")
    #expect(blockTexts(document) == ["H", "5"])
  }
}
