/// A table of a page. Cells are markup: whoever fills them escapes what comes from data.
struct PageTable {
  struct Column {
    var title: String
    /// Whether it holds figures, which stand on the right.
    var isFigure: Bool

    init(_ title: String, isFigure: Bool = true) {
      self.title = title
      self.isFigure = isFigure
    }
  }

  /// What it shows, as text.
  var caption: String
  /// Whether what stands above the table says as much as the caption. The caption itself is heard, not
  /// seen: it would scroll away with the table, so its text is repeated above it.
  var hidesCaption = false
  var columns: [Column]
  /// The first cell of a row names it.
  var rows: [[String]]

  /// The table in a box that scrolls by itself where it is too wide.
  func html() -> String {
    let titles = columns.map {
      "<th scope=\"col\"\($0.isFigure ? " class=\"n\"" : "")>\(PageText.escaped($0.title))</th>"
    }
    let lines = rows.map { row in
      let cells = zip(columns, row).enumerated().map { index, cell in
        let style = cell.0.isFigure ? " class=\"n\"" : ""
        return index == 0
          ? "<th scope=\"row\"\(style)>\(cell.1)</th>" : "<td\(style)>\(cell.1)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let name = PageText.escaped(caption)
    return """
      <div class="table">\(hidesCaption ? "" : "<p class=\"title\" aria-hidden=\"true\">\(name)</p>")
      <div class="scroll" role="group" tabindex="0" aria-label="\(name)">
      <table><caption class="vh">\(name)</caption>
      <thead><tr>\(titles.joined())</tr></thead>
      <tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table></div></div>
      """
  }

  /// The table behind a line that opens it, under a figure that shows the same.
  func folded() -> String {
    "<details class=\"same\"><summary>The same figures as a table</summary>\n\(html())\n</details>"
  }
}
