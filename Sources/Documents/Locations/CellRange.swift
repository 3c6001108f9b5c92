/// A block of cells of a spreadsheet; rows and columns are counted from 1.
public struct CellRange: Codable, Hashable, Sendable {
  public var rows: ClosedRange<Int>
  public var columns: ClosedRange<Int>

  public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// The smallest range that holds both.
  public func union(_ other: CellRange) -> CellRange {
    CellRange(
      rows: min(
        rows.lowerBound,
        other.rows.lowerBound
      )...max(rows.upperBound, other.rows.upperBound),
      columns: min(
        columns.lowerBound,
        other.columns.lowerBound
      )...max(columns.upperBound, other.columns.upperBound)
    )
  }
}

/// As spreadsheets write it: `B7` or `B7:F9`.
extension CellRange: LosslessStringConvertible {
  public var description: String {
    let first = Self.letters(columns.lowerBound) + "\(rows.lowerBound)"
    let last = Self.letters(columns.upperBound) + "\(rows.upperBound)"
    return first == last ? first : first + ":" + last
  }

  public init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap(Self.cell),
      let last = ends.last.flatMap(Self.cell), first.row <= last.row, first.column <= last.column
    else { return nil }
    self.init(rows: first.row...last.row, columns: first.column...last.column)
  }

  /// The letters of a column counted from 1: `A`, …, `Z`, `AA`.
  public static func letters(_ column: Int) -> String {
    var rest = max(column, 1)
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  private static func cell(_ text: Substring) -> (column: Int, row: Int)? {
    let letters = text.utf8.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
    guard (1...4).contains(letters.count), letters.count < text.utf8.count,
      let row = Int(text.dropFirst(letters.count)), row >= 1
    else { return nil }
    let column = letters.reduce(0) { $0 * 26 + Int(($1 & 0xDF) - UInt8(ascii: "A")) + 1 }
    return (column, row)
  }
}
