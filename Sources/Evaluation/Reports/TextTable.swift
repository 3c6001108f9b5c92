/// A table of text, rendered as Markdown or for a terminal.
///
/// Cells are made harmless first: control characters are replaced, line breaks become blanks, and in
/// Markdown `|`, `` ` `` and `<` are escaped.
public struct TextTable: Hashable, Sendable {
  /// On which side of its column a cell stands.
  public enum Alignment: Hashable, Sendable {
    case leading, trailing
  }

  /// A column's title and the side its cells stand on.
  public struct Column: Hashable, Sendable {
    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .leading) {
      self.title = title
      self.alignment = alignment
    }
  }

  public var columns: [Column]
  /// Rows of cells; missing cells are empty, surplus ones are not shown.
  public var rows: [[String]]

  public init(columns: [Column], rows: [[String]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// The table as Markdown (GitHub's dialect), its columns aligned in the source too. Ends with a
  /// line break.
  public func markdown() -> String {
    let cells = cells(escaping: Self.markdownEscaped)
    let widths = widths(cells, atLeast: 3)
    let rule = zip(columns, widths).map { column, width in
      String(repeating: "-", count: width - (column.alignment == .trailing ? 1 : 0))
        + (column.alignment == .trailing ? ":" : "")
    }
    var lines = cells.map { "| " + padded($0, widths).joined(separator: " | ") + " |" }
    lines.insert("| " + rule.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The table for a terminal: columns parted by two blanks, a line under the titles. Ends with a line
  /// break.
  public func terminal() -> String {
    let cells = cells(escaping: { $0 })
    let widths = widths(cells, atLeast: 0)
    var lines = cells.map { row in
      var line = padded(row, widths).joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    lines.insert(
      widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "),
      at: 1
    )
    return lines.joined(separator: "\n") + "\n"
  }

  /// The titles and rows, made harmless and of equal length.
  private func cells(escaping escape: (String) -> String) -> [[String]] {
    ([columns.map(\.title)] + rows).map { row in
      columns.indices.map { index in
        index < row.count ? escape(DisplayText.neutralized(row[index])) : ""
      }
    }
  }

  private func widths(_ cells: [[String]], atLeast minimum: Int) -> [Int] {
    columns.indices.map { index in
      cells.reduce(minimum) { max($0, DisplayText.width($1[index])) }
    }
  }

  private func padded(_ row: [String], _ widths: [Int]) -> [String] {
    columns.indices.map { index in
      let fill = String(repeating: " ", count: widths[index] - DisplayText.width(row[index]))
      return columns[index].alignment == .trailing ? fill + row[index] : row[index] + fill
    }
  }

  private static func markdownEscaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if ["|", "`", "<", "\\"].contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
