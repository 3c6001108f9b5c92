/// Tells headings from other paragraphs by the outline, by their size and by bold type.
struct HeadingFinder {
  /// Levels by the number of the part.
  private(set) var levels: [Int: Int] = [:]

  init(_ parts: [PDFAssembly.Part], outline: [String: Int], bodySize: Double) {
    var candidates: [(index: Int, size: Int, isLarge: Bool)] = []
    for (index, part) in parts.enumerated() {
      guard case .paragraph(let paragraph) = part, Self.couldBe(paragraph) else { continue }
      if !outline.isEmpty, let depth = outline[PDFStyles.key(paragraph.text)] {
        levels[index] = depth
        continue
      }
      let size = PDFAssembly.half(paragraph.size)
      if paragraph.size >= 1.12 * bodySize, !paragraph.isItem || paragraph.isBold {
        candidates.append((index, size, true))
      } else if paragraph.isBold, paragraph.size >= 0.97 * bodySize,
        Self.isAlone(paragraph, next: index + 1 < parts.count ? parts[index + 1] : nil)
      {
        candidates.append((index, size, false))
      }
    }
    let ranks = Self.ranks(candidates.filter(\.isLarge).map(\.size))
    let lowest = ranks.values.max() ?? 0
    for candidate in candidates {
      levels[candidate.index] =
        candidate.isLarge ? ranks[candidate.size] ?? 1 : min(lowest + 1, 6)
    }
  }

  /// Levels by size. A size that occurs once above all that occur more often is a title's or a
  /// cover's; all of these are level 1.
  private static func ranks(_ sizes: [Int]) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for size in sizes { counts[size, default: 0] += 1 }
    let most = counts.filter { $0.value > 1 }.keys.max() ?? 0
    var ranks: [Int: Int] = [:]
    var rank = 0
    var above: Int?
    for size in counts.keys.sorted(by: >) {
      if size > most {
        rank = 1
      } else if above.map({ $0 > most || $0 - size > 1 }) ?? true {
        // Sizes that hardly differ are one level.
        rank += 1
      }
      above = size
      ranks[size] = min(rank, 6)
    }
    return ranks
  }

  private static func couldBe(_ paragraph: PDFParagraph) -> Bool {
    let text = paragraph.text
    guard text.utf8.count <= 300, paragraph.lineCount <= 4, text.contains(where: \.isLetter),
      let end = text.last
    else { return false }
    return !".,;".contains(end) || text.utf8.count < 40
  }

  /// Bold words of the size of the text are a heading where other text follows them.
  private static func isAlone(_ paragraph: PDFParagraph, next: PDFAssembly.Part?) -> Bool {
    guard paragraph.text.utf8.count <= 120, paragraph.text.last != ":" || paragraph.lineCount == 1
    else { return false }
    switch next {
    case .paragraph(let next)?: return !next.isBold || next.size != paragraph.size
    case .table?: return true
    case nil: return false
    }
  }
}
