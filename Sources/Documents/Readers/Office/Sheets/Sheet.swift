/// What one sheet of a workbook holds.
struct Sheet {
  /// The sizes of sheets that programs agree on, and how many cells are read of one.
  static let maximumRow = 1_048_576
  static let maximumColumn = 16_384
  static let maximumCells = 3_000_000
  /// Merged ranges larger than this are not filled: they are there for the looks.
  private static let maximumMerge = 4096

  var name: String
  var cells: [SheetCell] = []
  var merges: [CellRange] = []

  /// Puts the cells in the order of reading and fills merged ranges with the value they show.
  mutating func arrange() {
    let isSorted = zip(cells, cells.dropFirst()).allSatisfy { Self.precedes($0, $1) }
    if !isSorted { cells.sort(by: Self.precedes) }
    fillMerges()
  }

  private mutating func fillMerges() {
    guard !merges.isEmpty else { return }
    var starts: [Int: Int] = [:]
    for (index, range) in merges.enumerated() {
      starts[Self.key(range.rows.lowerBound, range.columns.lowerBound)] = index
    }
    var added: [SheetCell] = []
    for index in cells.indices {
      let cell = cells[index]
      guard let merge = starts[Self.key(cell.row, cell.column)], !cell.text.isEmpty else {
        continue
      }
      let range = merges[merge]
      cells[index].merge = merge + 1
      let size = range.rows.count.multipliedReportingOverflow(by: range.columns.count)
      guard !size.overflow, size.partialValue <= Self.maximumMerge,
        added.count + size.partialValue <= Self.maximumCells
      else { continue }
      for row in range.rows {
        for column in range.columns where row != cell.row || column != cell.column {
          var copy = cells[index]
          copy.row = row
          copy.column = column
          added.append(copy)
        }
      }
    }
    guard !added.isEmpty else { return }
    // The value of a merged range wins over what lies hidden beneath it.
    let covered = Set(added.map { Self.key($0.row, $0.column) })
    cells.removeAll { covered.contains(Self.key($0.row, $0.column)) }
    var kept: Set<Int> = []
    added.removeAll { !kept.insert(Self.key($0.row, $0.column)).inserted }
    cells += added
    cells.sort(by: Self.precedes)
  }

  static func key(_ row: Int, _ column: Int) -> Int { row << 20 | column }

  private static func precedes(_ one: SheetCell, _ other: SheetCell) -> Bool {
    key(one.row, one.column) < key(other.row, other.column)
  }
}
