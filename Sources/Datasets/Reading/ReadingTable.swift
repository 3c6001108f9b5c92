/// A table that questions are made from, row by row.
public struct ReadingTable: Sendable, Hashable {
  /// What the examples from it name as their source.
  public var source: String
  public var columns: [String]
  /// As many cells as columns.
  public var rows: [[String]]

  public init(source: String, columns: [String], rows: [[String]]) {
    self.source = source
    self.columns = columns
    self.rows = rows
  }

  /// A row as a passage, and where its cells stand in it, in Unicode scalars; cells without a value are
  /// left out.
  func passage(_ row: Int, separator: String) -> (text: String, cells: [Int: Range<Int>]) {
    var text = String.UnicodeScalarView()
    var count = 0
    var cells: [Int: Range<Int>] = [:]
    func write(_ part: String) {
      text.append(contentsOf: part.unicodeScalars)
      count += part.unicodeScalars.count
    }
    for (column, value) in rows[row].enumerated() where !value.isEmpty && column < columns.count {
      if count > 0 { write(separator) }
      write("\(columns[column]): ")
      let start = count
      write(value)
      cells[column] = start..<count
    }
    return (String(text), cells)
  }
}
