import Documents
import Foundation
import TestSupport
import Testing

private let hasPoppler =
  HelperPrograms.installed.path(of: "pdftotext") != nil
  && HelperPrograms.installed.path(of: "pdfinfo") != nil
private let hasTesseract = HelperPrograms.installed.path(of: "tesseract") != nil

@Suite("PDF", .timeLimit(.minutes(1)), .enabled(if: hasPoppler, "needs poppler's tools"))
struct PDFReaderTests {
  private func read(_ builder: PDFBuilder) throws -> ExtractedDocument {
    let document = try DocumentReader.extract(builder.bytes, path: "folder/a.pdf")
    checkInvariants(document)
    return document
  }

  @Test("Headings, paragraphs over several lines, hyphens and lists")
  func structure() throws {
    var builder = PDFBuilder()
    builder.information = [("Title", "Travel rules"), ("Author", "Ann Smith")]
    builder.pages = [
      PDFBuilder.lines(["Travel"], top: 80, size: 20, isBold: true)
        + PDFBuilder.lines(
          [
            "Every journey is approved by the head of the department before it is book-",
            "ed, and long-term stays are approved twice, once by the head and once by the",
            "office of the long-term staff.",
          ],
          top: 110
        ) + PDFBuilder.lines(["\u{95} Trains come first.", "\u{95} Then buses."], top: 170)
    ]
    builder.pages[0][4].string = "1. Trains come first."
    builder.pages[0][5].string = "2. Then buses."
    let document = try read(builder)
    #expect(document.title == "Travel rules")
    #expect(document.mediaType == "application/pdf")
    #expect(document.metadata["author"] == "Ann Smith")
    #expect(
      blockTexts(document) == [
        "Travel",
        "Every journey is approved by the head of the department before it is booked, and"
          + " long-term stays are approved twice, once by the head and once by the office of the"
          + " long-term staff.",
        "1. Trains come first.", "2. Then buses.",
      ]
    )
    #expect(document.blocks.map(\.kind) == [.heading(level: 1), .paragraph, .listItem, .listItem])
    guard case .pages(let pages, let box?) = document.blocks[1].origin else {
      Issue.record("no box")
      return
    }
    #expect(pages == 1...1)
    #expect(abs(box.left - 72) < 2 && abs(box.top - 100) < 5 && abs(box.bottom - 140) < 5)
  }

  @Test("Columns are read one after the other")
  func columns() throws {
    let left = (1...14).map { "left column line number \($0) goes on" }
    let right = (1...14).map { "right column line number \($0) goes on" }
    var builder = PDFBuilder()
    builder.pages = [PDFBuilder.lines(left, left: 60) + PDFBuilder.lines(right, left: 330)]
    let text = try read(builder).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text == (left + right).joined(separator: " "))
  }

  @Test("Rows of a table carry its header, also after a page break")
  func tables() throws {
    func page(_ rows: [[String]]) -> [PDFBuilder.Text] {
      let header = ["Item", "Region", "Price"]
      return ([header] + rows).enumerated().flatMap { row, cells in
        cells.enumerated().map { column, cell in
          PDFBuilder.Text(
            string: cell,
            left: 72 + 150 * Double(column),
            top: 100 + 20 * Double(row),
            isBold: row == 0
          )
        }
      }
    }
    var builder = PDFBuilder()
    builder.pages = [
      page([["Bolt", "North", "1.50"], ["Nut", "South", "0.20"]]),
      page([["Gear", "West", "9.00"]]),
    ]
    let document = try read(builder)
    #expect(
      blockTexts(document) == [
        "Item: Bolt | Region: North | Price: 1.50", "Item: Nut | Region: South | Price: 0.20",
        "Item: Gear | Region: West | Price: 9.00",
      ]
    )
    guard case .pages(2...2, .some) = document.blocks[2].origin else {
      Issue.record("row of page 2 is at \(document.blocks[2].origin)")
      return
    }
  }

  @Test("Names with a colon and their values are fields")
  func forms() throws {
    var builder = PDFBuilder()
    builder.pages = [
      [("Location:", "Tallahassee", "Injuries:", "1 Minor"), ("Aircraft:", "Piper", "Seats:", "4")]
        .enumerated().flatMap { row, cells in
          [cells.0, cells.1, cells.2, cells.3].enumerated().map { column, cell in
            PDFBuilder.Text(
              string: cell,
              left: 60 + 120 * Double(column),
              top: 100 + 16 * Double(row)
            )
          }
        }
    ]
    #expect(
      blockTexts(try read(builder)) == [
        "Location: Tallahassee | Injuries: 1 Minor", "Aircraft: Piper | Seats: 4",
      ]
    )
  }

  @Test("What stands on every page is left out; page numbers too")
  func runningLines() throws {
    var builder = PDFBuilder()
    builder.pages = (1...5).map { number in
      PDFBuilder.lines(["ACME Staff Handbook"], top: 40)
        + PDFBuilder.lines(["Text of chapter \(number) is here."], top: 300)
        + PDFBuilder.lines(["Page \(number) of 5"], left: 290, top: 760)
    }
    let document = try read(builder)
    #expect(blockTexts(document) == (1...5).map { "Text of chapter \($0) is here." })
    #expect(document.blocks.map(\.origin).count == 5)
  }

  @Test("The outline tells headings that look like text")
  func outline() throws {
    var builder = PDFBuilder()
    builder.outline = [("Scope", 0), ("Duties", 0)]
    builder.pages = [
      PDFBuilder.lines(["Scope"], top: 80) + PDFBuilder.lines(["It holds for all."], top: 110)
        + PDFBuilder.lines(["Duties"], top: 150) + PDFBuilder.lines(["Be kind."], top: 180)
    ]
    let document = try read(builder)
    #expect(blockTexts(document) == ["Scope", "It holds for all.", "Duties", "Be kind."])
    if HelperPrograms.installed.path(of: "pdftohtml") != nil {
      #expect(document.blocks[0].kind == .heading(level: 1))
      #expect(document.blocks[2].kind == .heading(level: 1))
    }
  }

  @Test("Arabic words and lines come in reading order")
  func rightToLeft() {
    let drawn = [
      "2", "Python", "\u{0648}", "R", "\u{0629}\u{063A}\u{0644}\u{0628}",
      "\u{0629}\u{062C}\u{0645}\u{0631}\u{0628}\u{0644}\u{0627}",
    ]
    #expect(
      RightToLeft.ordered(drawn) == [
        "\u{0627}\u{0644}\u{0628}\u{0631}\u{0645}\u{062C}\u{0629}",
        "\u{0628}\u{0644}\u{063A}\u{0629}", "R", "\u{0648}", "2", "Python",
      ]
    )
    #expect(RightToLeft.ordered(["plain", "words"]) == ["plain", "words"])
    #expect(RightToLeft.ordered(["2024)", "\u{05D1}\u{05D0}("]).first == ")\u{05D0}\u{05D1}")
  }

  @Test("A file with a password is refused, and the error says so")
  func encrypted() {
    var builder = PDFBuilder()
    builder.pages = [PDFBuilder.lines(["Secret."])]
    builder.isEncrypted = true
    let error = #expect(throws: DocumentError.self) { try read(builder) }
    #expect(error?.code == .encrypted)
  }

  @Test("Reading again yields the same, and a location leads back to its passage")
  func repeats() throws {
    var builder = PDFBuilder()
    builder.pages = (1...45).map { number in
      PDFBuilder.lines(["Chapter \(number)"], top: 200, size: 18)
        + PDFBuilder.lines(["The rule of chapter \(number) is short."], top: 300)
    }
    let document = try read(builder)
    #expect(try read(builder) == document)
    let index = try #require(
      blockTexts(document).firstIndex(of: "The rule of chapter 44 is short.")
    )
    let block = document.blocks[index]
    guard case .pages(44...44, .some) = block.origin else {
      Issue.record("chapter 44 is at \(block.origin)")
      return
    }
  }

  // MARK: Scans

  @Test("A scanned page is named where it is not read")
  func scans() throws {
    var builder = PDFBuilder()
    builder.pages = [PDFBuilder.lines(["Words."]), []]
    builder.pictures = [1]
    let tools = try LinkedTools(["pdfinfo", "pdftotext", "pdfimages"])
    let document = try PDFReader.read(
      builder.bytes,
      path: "a.pdf",
      limits: SourceLimits(),
      programs: tools.programs
    )
    #expect(document.text == "Words.")
    #expect(document.warnings.contains { $0.hasPrefix("page 2: scanned, not read") })

    builder.pages = [[]]
    builder.pictures = [0]
    let error = #expect(throws: DocumentError.self) {
      try PDFReader.read(
        builder.bytes,
        path: "a.pdf",
        limits: SourceLimits(),
        programs: tools.programs
      )
    }
    #expect(error?.remedy.contains("tesseract-ocr") ?? false)
  }

  @Test(
    "A scanned page is read with tesseract",
    .enabled(if: hasTesseract, "needs tesseract"),
    .enabled(if: SharedData.holds(PDFFiles.scan), "needs the shared data")
  )
  func recognition() throws {
    let bytes = [UInt8](try Data(contentsOf: SharedData.url(PDFFiles.scan)))
    let document = try DocumentReader.extract(bytes, path: "scan.pdf")
    checkInvariants(document)
    #expect(document.text.contains("MEDRPT-2024-PAT-3847"))
    #expect(document.warnings.contains { $0.contains("tesseract") })
  }
}
