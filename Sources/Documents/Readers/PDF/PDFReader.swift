/// Reads PDF with poppler's tools: paragraphs, headings, lists and tables in reading order, each with
/// its page and its box there.
///
/// Scanned pages are read with tesseract where it is installed, and named in a warning where not.
package enum PDFReader {
  /// How many pages are read at a time, which bounds the memory.
  private static let batch = 40
  /// The most lines of one page that are looked at.
  private static let maximumLines = 20_000

  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    try read(bytes, path: path, limits: limits, programs: .installed)
  }

  /// As ``read(_:path:limits:)``, with programs from other folders.
  package static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits,
    programs: HelperPrograms
  ) throws -> ExtractedDocument {
    let tools = PDFTools(programs: programs, limits: limits, subject: path)
    for name in ["pdfinfo", "pdftotext"] where !tools.isInstalled(name) {
      throw tools.missing(name)
    }
    let file: PrivateFile
    do {
      file = try PrivateFile(bytes)
    } catch { throw error.documentError(path) }
    return try withExtendedLifetime(file) {
      let information = try PDFInformation.read(file.path, tools: tools)
      var warnings: [String] = []
      if information.isDamaged {
        warnings.append("the file is damaged; what could be read of it was read")
      }
      var styles = PDFStyles()
      var pages = try words(
        file.path,
        pageCount: information.pageCount,
        tools: tools,
        &styles,
        &warnings
      )
      let scanned = try readScans(&pages, file: file.path, tools: tools, &warnings)
      guard pages.contains(where: { !$0.lines.isEmpty }) else {
        throw noText(path, isScanned: scanned)
      }
      RunningLines.remove(from: &pages)
      var assembly = PDFAssembly(outline: styles.outline)
      for page in pages { assembly.add(page) }
      return assembly.document(path: path, metadata: information.metadata, warnings: warnings)
    }
  }

  // MARK: Text

  private static func words(
    _ file: String,
    pageCount: Int,
    tools: PDFTools,
    _ styles: inout PDFStyles,
    _ warnings: inout [String]
  ) throws -> [PDFPage] {
    var pages: [PDFPage] = []
    var letters = 0
    while pages.count < pageCount {
      let first = pages.count + 1
      let range = ["-f", String(first), "-l", String(first + batch - 1)]
      let outcome: ChildProcess.Outcome
      do {
        outcome = try tools.run(
          "pdftotext",
          range + ["-bbox-layout", "-enc", "UTF-8", file, "-"]
        )
      } catch let error as DocumentError {
        // What has been read so far is worth keeping.
        guard pages.contains(where: { !$0.lines.isEmpty }) else { throw error }
        warnings.append("the pages from \(first) on were not read: \(error.message)")
        break
      }
      var found = PDFWordParser(firstPage: first).pages(outcome.output)
      guard !found.isEmpty else {
        if pages.isEmpty {
          throw PDFInformation.refusal(outcome.complaints, subject: tools.subject)
        }
        warnings.append("the pages from \(first) on could not be read")
        break
      }
      for index in found.indices where found[index].lines.count > maximumLines {
        found[index].lines.removeLast(found[index].lines.count - maximumLines)
        warnings.append("page \(found[index].number) holds too much text to read all of it")
      }
      readStyles(file, range: range, tools: tools, of: &found, &styles)
      letters += found.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.letters } }
      pages += found
      guard letters <= tools.limits.maximumUnpackedBytes else {
        warnings.append("the file holds too much text; the pages after \(pages.count) are left out")
        break
      }
    }
    return pages
  }

  /// Fonts only help to tell headings; where they cannot be had, the text stands without them.
  private static func readStyles(
    _ file: String,
    range: [String],
    tools: PDFTools,
    of pages: inout [PDFPage],
    _ styles: inout PDFStyles
  ) {
    guard tools.isInstalled("pdftohtml"), pages.contains(where: { !$0.lines.isEmpty }),
      let outcome = try? tools.run(
        "pdftohtml",
        ["-xml", "-i", "-q", "-enc", "UTF-8", "-stdout"] + range + [file]
      )
    else { return }
    styles.forgetRuns()
    styles.read(
      outcome.output,
      sizes: Dictionary(pages.map { ($0.number, $0.width) }, uniquingKeysWith: { one, _ in one })
    )
    for index in pages.indices { styles.apply(to: &pages[index]) }
  }

  // MARK: Scans

  /// Reads pages without text that hold pictures.
  ///
  /// - Returns: Whether there were such pages.
  private static func readScans(
    _ pages: inout [PDFPage],
    file: String,
    tools: PDFTools,
    _ warnings: inout [String]
  ) throws -> Bool {
    guard pages.contains(where: \.lines.isEmpty) else { return false }
    let pictures = try ScannedPages.withPictures(file, tools: tools)
    let scanned = pages.indices.filter {
      pages[$0].lines.isEmpty && pictures?.contains(pages[$0].number) ?? true
    }
    guard !scanned.isEmpty else { return false }
    let names = PageNames.text(scanned.map { pages[$0].number })
    guard tools.isInstalled("tesseract"), tools.isInstalled("pdftoppm"),
      let languages = try ScannedPages.languages(tools)
    else {
      if pages.allSatisfy(\.lines.isEmpty) { throw tools.missing("tesseract") }
      warnings.append(
        "\(names): scanned, not read; install tesseract-ocr to have such pages read"
      )
      return true
    }
    let scans = ScannedPages(tools: tools, file: file)
    let found = scans.read(scanned.map { pages[$0] }, languages: languages)
    var unread: [Int] = []
    for (index, page) in zip(scanned, found) {
      if let page { pages[index] = page } else { unread.append(pages[index].number) }
    }
    warnings.append("\(names): scanned; tesseract recognised the text, which may hold mistakes")
    if !unread.isEmpty {
      warnings.append(
        "\(PageNames.text(unread)): scanned, not read, as the time for the file"
          + " (\(PDFTools.seconds(tools.limits.helperSeconds))) was over or tesseract failed"
      )
    }
    return true
  }

  private static func noText(_ path: String, isScanned: Bool) -> DocumentError {
    DocumentError(
      .empty,
      isScanned
        ? "\(path) holds only pictures, and no text was recognised in them"
        : "\(path) holds no text",
      subject: path,
      remedy: isScanned
        ? "Scan it again with more contrast or resolution, or raise the limit on time."
        : "Nothing to do; it will be read once it has text."
    )
  }
}
