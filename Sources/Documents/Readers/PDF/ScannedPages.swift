import Dispatch
import Synchronization

/// Reads pages that are pictures: `pdftoppm` draws them and `tesseract` finds their words.
struct ScannedPages {
  let tools: PDFTools
  let file: String

  /// The longer side of a drawn page in dots: 200 to the inch on letter paper.
  private static let side = 2200.0

  /// The pages that hold pictures.
  ///
  /// - Returns: Their numbers, or nil where that cannot be found out.
  static func withPictures(_ file: String, tools: PDFTools) throws -> Set<Int>? {
    guard tools.isInstalled("pdfimages") else { return nil }
    let outcome = try tools.run("pdfimages", ["-list", file])
    var pages: Set<Int> = []
    for line in outcome.output.split(separator: UInt8(ascii: "\n")).dropFirst(2) {
      let fields = line.split(separator: UInt8(ascii: " "))
      if let first = fields.first, let page = Int(String(decoding: first, as: UTF8.self)) {
        pages.insert(page)
      }
    }
    return pages
  }

  /// The words of several pages; two are read side by side.
  ///
  /// - Parameters:
  ///   - pages: The pages, without words.
  ///   - languages: What the text may be written in.
  /// - Returns: The pages in the same order, nil for those that were not read.
  func read(_ pages: [PDFPage], languages: String) -> [PDFPage?] {
    let results = Mutex([PDFPage?](repeating: nil, count: pages.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(2, pages.count)) { _ in
      while tools.hasTimeLeft {
        let index = next.withLock { next in
          next += 1
          return next - 1
        }
        guard index < pages.count else { return }
        // A page that fails is named among those that were not read.
        guard let page = try? read(pages[index], languages: languages) else { continue }
        results.withLock { $0[index] = page }
      }
    }
    return results.withLock { $0 }
  }

  /// The words of one page.
  ///
  /// - Throws: ``DocumentError`` where a helper fails or time runs out.
  private func read(_ page: PDFPage, languages: String) throws -> PDFPage {
    let number = String(page.number)
    let drawn = try tools.run(
      "pdftoppm",
      ["-gray", "-f", number, "-l", number, "-scale-to", String(Int(Self.side)), file]
    )
    guard drawn.end == .exit(0), !drawn.output.isEmpty else { return page }
    let picture: PrivateFile
    do {
      picture = try PrivateFile(drawn.output)
    } catch { throw error.documentError(tools.subject) }
    let found = try withExtendedLifetime(picture) {
      try tools.run("tesseract", [picture.path, "stdout", "-l", languages, "--dpi", "200", "tsv"])
    }
    guard found.end == .exit(0) else { return page }
    return words(found.output, of: page)
  }

  /// The languages that tesseract can read here, joined as it wants them.
  ///
  /// - Throws: ``DocumentError`` where it fails.
  static func languages(_ tools: PDFTools) throws -> String? {
    let outcome = try tools.run("tesseract", ["--list-langs"])
    let names = String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isNewline)
      .dropFirst().map(String.init).filter { $0 != "osd" && $0 != "equ" && !$0.contains("/") }
    guard !names.isEmpty else { return nil }
    // Each language more costs time; English first, as most documents hold some of it.
    let ordered = names.filter { $0 == "eng" } + names.filter { $0 != "eng" }
    return ordered.prefix(3).joined(separator: "+")
  }

  private func words(_ output: [UInt8], of page: PDFPage) -> PDFPage {
    var result = page
    var line: [PDFWord] = []
    var key = ""
    let scale = max(page.width, page.height) / Self.side
    func end() {
      for words in PDFWordParser.split(line) {
        result.lines.append(PDFLine(words: words, page: page.number))
      }
      line = []
    }
    for record in String(decoding: output, as: UTF8.self).split(separator: "\n").dropFirst() {
      let fields = record.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 12, fields[0] == "5", let confidence = Double(fields[10]),
        confidence > 25, let left = Double(fields[6]), let top = Double(fields[7]),
        let width = Double(fields[8]), let height = Double(fields[9])
      else { continue }
      let text = PDFText.cleaned(ArraySlice(Array(fields[11].utf8)))
      guard text.contains(where: { !$0.isWhitespace }) else { continue }
      let place = fields[2...4].joined(separator: ".")
      if place != key { end() }
      key = place
      line.append(
        PDFWord(
          text: text,
          box: PageBox(
            left: left * scale,
            top: top * scale,
            right: (left + width) * scale,
            bottom: (top + height) * scale
          )
        )
      )
    }
    end()
    // A word's picture is as high as its letters; a line's height is more even.
    for index in result.lines.indices {
      let box = result.lines[index].box
      for word in result.lines[index].words.indices {
        result.lines[index].words[word].box.top = box.top
        result.lines[index].words[word].box.bottom = box.bottom
      }
    }
    return result
  }
}
