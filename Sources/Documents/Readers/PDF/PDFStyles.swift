/// The fonts of a document's texts and its outline, as `pdftohtml -xml` writes them.
///
/// It adds to the words' boxes what those lack: the size of a font, whether it is bold, and the
/// headings that the author put into the outline.
struct PDFStyles {
  private struct Run {
    var box: PageBox
    var size: Double
    var isBold: Bool
  }

  /// Runs of a page by bands of eight points from its top.
  private var pages: [Int: [Int: [Run]]] = [:]
  /// Depth in the outline by the heading's words.
  private(set) var outline: [String: Int] = [:]

  /// How many runs a band holds at most; text has few, drawings may have thousands.
  private static let maximumRuns = 400
  private static let band = 8.0

  /// Adds what one run of the program wrote.
  mutating func read(_ output: [UInt8], sizes: [Int: Double]) {
    var fonts: [ArraySlice<UInt8>: (size: Double, isBold: Bool)] = [:]
    var number = 0
    var scale = 1.0
    var depth = 0
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let element = line.drop { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
      if element.starts(with: "<text ".utf8) {
        guard let end = element.firstIndex(of: UInt8(ascii: ">")) else { continue }
        let parts = Self.quoted(element[..<end])
        let edges = parts.prefix(4).compactMap(Self.number)
        guard edges.count == 4, parts.count > 4, let font = fonts[parts[4]] else { continue }
        let box = PageBox(
          left: edges[1] * scale,
          top: edges[0] * scale,
          right: (edges[1] + edges[2]) * scale,
          bottom: (edges[0] + edges[3]) * scale
        )
        let isBold = font.isBold || element[end...].dropFirst().starts(with: "<b>".utf8)
        add(Run(box: box, size: font.size * scale, isBold: isBold), page: number)
      } else if element.starts(with: "<fontspec ".utf8) {
        let parts = Self.quoted(element)
        guard parts.count > 2, let size = Self.number(parts[1]) else { continue }
        let family = String(decoding: parts[2], as: UTF8.self).lowercased()
        let isBold = ["bold", "black", "heavy", "-bd", "demi"].contains { family.contains($0) }
        fonts[parts[0]] = (size, isBold)
      } else if element.starts(with: "<page ".utf8) {
        let parts = Self.quoted(element)
        guard parts.count > 5, let page = Self.number(parts[0]), let width = Self.number(parts[5])
        else { continue }
        number = Int(page)
        scale = width > 0 ? (sizes[number] ?? width / 1.5) / width : 1
      } else if element.starts(with: "<outline".utf8) {
        depth += 1
      } else if element.starts(with: "</outline".utf8) {
        depth -= 1
      } else if element.starts(with: "<item ".utf8), outline.count < 10_000 {
        guard let start = element.firstIndex(of: UInt8(ascii: ">")),
          let end = element.lastIndex(of: UInt8(ascii: "<")), start < end
        else { continue }
        let title = PDFText.cleaned(element[(start + 1)..<end])
        outline[Self.key(title)] = min(max(depth, 1), 6)
      }
    }
  }

  /// Lets go of the runs of pages that are done; the outline stays.
  mutating func forgetRuns() { pages = [:] }

  /// Gives the words of a page the style of the run that each stands in.
  func apply(to page: inout PDFPage) {
    guard let bands = pages[page.number] else { return }
    for line in page.lines.indices {
      for word in page.lines[line].words.indices {
        let box = page.lines[line].words[word].box
        let x = (box.left + box.right) / 2
        let y = box.middle
        let runs = bands[Int(y / Self.band)] ?? []
        guard
          let run = runs.first(where: {
            $0.box.left - 1 <= x && x <= $0.box.right + 1 && $0.box.top - 1 <= y
              && y <= $0.box.bottom + 1
          })
        else { continue }
        page.lines[line].words[word].size = run.size
        page.lines[line].words[word].isBold = run.isBold
      }
    }
  }

  /// What is compared of a heading: its letters and figures.
  static func key(_ title: String) -> String {
    String(title.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(200))
  }

  private mutating func add(_ run: Run, page: Int) {
    let first = Int(max(run.box.top - 1, 0) / Self.band)
    let last = Int(min(max(run.box.bottom + 1, 0), run.box.top + 400) / Self.band)
    guard first <= last else { return }
    for band in first...last
    where pages[page, default: [:]][band, default: []].count < Self.maximumRuns {
      pages[page, default: [:]][band, default: []].append(run)
    }
  }

  private static func quoted(_ element: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    element.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? $0.element : nil }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else {
      return nil
    }
    return min(max(number, -1e6), 1e6)
  }
}
