/// Tells which rows of a block name its columns.
enum SheetHeader {
  /// How many rows at the top are the header: none, one, or two where names are merged.
  static func height(_ rows: ArraySlice<[SheetCell]>, width: Int) -> Int {
    guard rows.count > 1, let first = rows.first, first.count * 2 >= width else { return 0 }
    guard first.allSatisfy({ $0.text.unicodeScalars.count <= 120 }) else { return 0 }
    if width == 2, isForm(rows) { return 0 }
    let isWords = first.allSatisfy(\.isText)
    guard isWords || areYears(first) else { return 0 }
    let isMerged = zip(first, first.dropFirst()).contains { $0.merge > 0 && $0.merge == $1.merge }
    let second = rows[rows.startIndex + 1]
    return isMerged && rows.count > 2 && second.allSatisfy(\.isText) ? 2 : 1
  }

  /// The names by column: what stands above it, from top to bottom.
  static func names(_ header: ArraySlice<[SheetCell]>, columns: ClosedRange<Int>) -> [Int: String] {
    var parts: [Int: [String]] = [:]
    for cell in header.joined() {
      let text = cell.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if parts[cell.column]?.last != text { parts[cell.column, default: []].append(text) }
    }
    var seen: [String: Int] = [:]
    var result: [Int: String] = [:]
    for (column, words) in parts.sorted(by: { $0.key < $1.key }) {
      let name = words.joined(separator: " ")
      let count = seen[name, default: 0] + 1
      seen[name] = count
      result[column] = count == 1 ? name : "\(name) \(count)"
    }
    return result
  }

  /// The name of a column that has none.
  static func number(_ column: Int, _ range: CellRange) -> String {
    "Column \(column - range.columns.lowerBound + 1)"
  }

  /// Labels on the left, values on the right.
  private static func isForm(_ rows: ArraySlice<[SheetCell]>) -> Bool {
    rows.allSatisfy { $0.first?.text.hasSuffix(":") ?? false }
  }

  /// Years above columns of figures.
  private static func areYears(_ row: [SheetCell]) -> Bool {
    let numbers = row.filter { !$0.isText }
    let isYear = numbers.allSatisfy { Int($0.text).map { (1900...2100).contains($0) } ?? false }
    return isYear && numbers.count < row.count && row.first?.isText == true
  }
}
