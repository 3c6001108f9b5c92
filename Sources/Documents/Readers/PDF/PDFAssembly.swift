/// Puts the stretches of all pages together into a document.
struct PDFAssembly {
  enum Part {
    case paragraph(PDFParagraph)
    case table(PDFTable)
  }

  let outline: [String: Int]
  private var pages: [[PageLayout.Element]] = []
  /// Words with a hyphen inside, which keep it where a line ends there.
  private var hyphenated: Set<String> = []
  /// Distances of neighbouring lines in tenths of their height, and how often they occur.
  private var distances: [Int: Int] = [:]
  /// Font sizes in halves of a point, and how many letters have them.
  private var sizes: [Int: Int] = [:]

  init(outline: [String: Int]) { self.outline = outline }

  mutating func add(_ page: PDFPage) {
    for line in page.lines {
      for word in line.words {
        sizes[Self.half(line.size), default: 0] += word.text.utf8.count
        if word.text.contains("-") { hyphenated.insert(PDFText.word(word.text)) }
      }
    }
    let elements = PageLayout.elements(of: page)
    for case .text(let lines) in elements {
      for (one, next) in zip(lines, lines.dropFirst()) {
        let pitch = (next.box.bottom - one.box.bottom) / max(one.height, 1)
        if pitch > 0.5, pitch < 2.5 { distances[Int(pitch * 10), default: 0] += 1 }
      }
    }
    pages.append(elements)
  }

  // MARK: Building

  consuming func document(
    path: String,
    metadata: [String: String],
    warnings: [String]
  ) -> ExtractedDocument {
    let parts = joined()
    let headings = HeadingFinder(parts, outline: outline, bodySize: bodySize)
    var builder = DocumentBuilder()
    builder.metadata = metadata
    builder.warnings = warnings
    var title: (level: Int, text: String)?
    var header: [String]?
    for (index, part) in parts.enumerated() {
      switch part {
      case .table(let table):
        header = PDFTableWriter.write(table, header: header, into: &builder)
      case .paragraph(let paragraph):
        header = nil
        if let level = headings.levels[index] {
          builder.append(.heading(level: level), paragraph.text, origin: paragraph.origin)
          if paragraph.pages.lowerBound <= 2, level < title?.level ?? 7 {
            title = (level, paragraph.text)
          }
        } else if paragraph.isItem {
          builder.append(.listItem, paragraph.itemText, origin: paragraph.origin)
        } else {
          builder.append(.paragraph, paragraph.text, origin: paragraph.origin)
        }
      }
    }
    return builder.document(
      title: Self.title(metadata["title"]) ?? title?.text ?? FormatDetector.baseName(path),
      mediaType: FileFormat.pdf.mediaType
    )
  }

  /// A title that a person would have given; programs put file names there.
  private static func title(_ text: String?) -> String? {
    guard let text, text.contains(where: \.isLetter),
      !text.lowercased().hasPrefix("microsoft word"),
      !text.contains("\\"), text.utf8.count <= 300
    else { return nil }
    let ending = text.lowercased().split(separator: ".").last.map(String.init) ?? ""
    return ["doc", "docx", "pdf", "indd", "ppt", "pptx", "xls", "xlsx", "dvi", "tex"]
      .contains(ending) ? nil : text
  }

  private var bodySize: Double {
    let most = sizes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    return most.map { Double($0.key) / 2 } ?? 10
  }

  /// The usual distance of lines, as a multiple of their height.
  private var spacing: Double {
    let all = distances.values.reduce(0, +)
    var seen = 0
    for (tenths, count) in distances.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen * 2 >= all { return min(max(Double(tenths) / 10 + 0.05, 1), 2.2) }
    }
    return 1.1
  }

  static func half(_ size: Double) -> Int { Int(min(max(size, 0), 1000) * 2 + 0.5) }

  /// The paragraphs and tables in order; what a page break divides is put together again.
  private func joined() -> [Part] {
    let spacing = spacing
    var parts: [Part] = []
    for elements in pages {
      for (index, element) in elements.enumerated() {
        switch element {
        case .table(let table): parts.append(.table(table))
        case .text(let lines):
          var paragraphs = paragraphs(lines, spacing: spacing)
          if index == 0, let first = paragraphs.first, case .paragraph(let last)? = parts.last,
            let whole = continued(last, first)
          {
            parts[parts.count - 1] = .paragraph(whole)
            paragraphs.removeFirst()
          }
          parts += paragraphs.map(Part.paragraph)
        }
      }
    }
    return parts
  }

  private func paragraphs(_ lines: [PDFLine], spacing: Double) -> [PDFParagraph] {
    var result: [PDFParagraph] = []
    var rights: [Double] = []
    var right = -Double.infinity
    // The right edge of the column that each line stands in, seen from its neighbours.
    for (index, line) in lines.enumerated() {
      if index == 0 || line.box.left > lines[index - 1].box.right || line.box.right < right - 400
        || line.box.bottom < lines[index - 1].box.top
      {
        right = lines[index...].prefix(12).map(\.box.right).max() ?? line.box.right
      }
      right = max(right, line.box.right)
      rights.append(right)
    }
    for (line, right) in zip(lines, rights) {
      if let last = result.last, last.continues(with: line, spacing: spacing, right: right) {
        result[result.count - 1].append(line, hyphenated: hyphenated)
      } else {
        result.append(PDFParagraph(line))
      }
    }
    return result
  }

  /// A paragraph that goes on after a page break, where the sentence has no end yet.
  private func continued(_ one: PDFParagraph, _ next: PDFParagraph) -> PDFParagraph? {
    guard next.pages.lowerBound == one.pages.upperBound + 1, !next.isItem,
      abs(one.size - next.size) < 0.5, one.isBold == next.isBold, one.text.utf8.count > 40,
      let end = one.text.unicodeScalars.last, let start = next.text.unicodeScalars.first,
      end.properties.isAlphabetic || end == "," || end == "-", start.properties.isLowercase
    else { return nil }
    var whole = one
    whole.text = PDFText.join(one.text, next.text, hyphenated: hyphenated)
    whole.pages = one.pages.lowerBound...next.pages.upperBound
    whole.last = next.last
    return whole
  }
}
