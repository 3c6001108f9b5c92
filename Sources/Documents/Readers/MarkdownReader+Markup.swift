/// Comments and elements whose content nobody reads.
extension MarkdownReader {
  /// Passes over a comment that begins the line, up to the line that ends it.
  mutating func startsComment(_ line: Range<Int>) -> Bool {
    guard text.bytes[line].trimmingWhitespace().starts(withText: "<!--") else { return false }
    guard let last = lineContaining("-->", from: index) else { return false }
    // Words behind the comment are read like any other line.
    let content = text.bytes[content(lines[last])]
    let tail = content.firstRange(of: Array("-->".utf8)).map { content[$0.upperBound...] }
    guard last != index || tail?.isBlank ?? true else { return false }
    flush()
    index = last + 1
    return true
  }

  /// Passes over `<script>` and `<style>`.
  mutating func startsRawElement(_ line: Range<Int>) -> Bool {
    let start = text.bytes[line].trimmingWhitespace()
    for (opening, closing) in [("<script", "</script>"), ("<style", "</style>")] {
      guard start.prefix(opening.utf8.count).string.lowercased() == opening else { continue }
      guard let last = lineContaining(closing, from: index) else { return false }
      flush()
      index = last + 1
      return true
    }
    return false
  }

  /// The first line from `start` on that holds the mark.
  ///
  /// A mark that stands nowhere further on is known after one look through the file, so that many
  /// opened and never closed comments cost no more than one.
  private mutating func lineContaining(_ mark: String, from start: Int) -> Int? {
    let pattern = Array(mark.utf8)
    if lastLines[mark] == nil {
      lastLines[mark] =
        lines.lastIndex { text.bytes[$0].firstRange(of: pattern) != nil } ?? -1
    }
    guard let last = lastLines[mark], last >= start else { return nil }
    return (start...last).first { text.bytes[lines[$0]].firstRange(of: pattern) != nil }
  }
}
