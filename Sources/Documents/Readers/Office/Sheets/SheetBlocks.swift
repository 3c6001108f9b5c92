/// Finds the tables on a sheet: blocks of cells with empty rows or columns around them.
enum SheetBlocks {
  /// Blocks within blocks are looked for this often.
  private static let maximumDepth = 12
  /// Blocks that touch only at corners are told apart where they are not larger than this.
  private static let maximumCells = 200_000

  /// The blocks in reading order; the cells must be in the order of rows.
  static func find(_ cells: [SheetCell]) -> [[SheetCell]] {
    split(cells, depth: 0)
  }

  private static func split(_ cells: [SheetCell], depth: Int) -> [[SheetCell]] {
    guard cells.count > 1, depth < maximumDepth else { return cells.isEmpty ? [] : [cells] }
    let bands = bands(cells)
    if bands.count > 1 { return bands.flatMap { split($0, depth: depth + 1) } }
    let columns = columns(cells)
    if columns.count > 1 { return columns.flatMap { split($0, depth: depth + 1) } }
    return corners(cells)
  }

  /// Cut at empty rows.
  private static func bands(_ cells: [SheetCell]) -> [[SheetCell]] {
    var result: [[SheetCell]] = []
    var start = 0
    for index in 1..<cells.count where cells[index].row > cells[index - 1].row + 1 {
      result.append(Array(cells[start..<index]))
      start = index
    }
    result.append(Array(cells[start...]))
    return result
  }

  /// Cut at empty columns.
  private static func columns(_ cells: [SheetCell]) -> [[SheetCell]] {
    var parts: [Int: Int] = [:]
    var last: Int?
    var count = 0
    for column in Set(cells.map(\.column)).sorted() {
      if let last, column > last + 1 { count += 1 }
      parts[column] = count
      last = column
    }
    guard count > 0 else { return [cells] }
    var result = [[SheetCell]](repeating: [], count: count + 1)
    for cell in cells { result[parts[cell.column] ?? 0].append(cell) }
    return result
  }

  /// Two blocks that meet at a corner leave no row or column empty; they are parts that do not touch
  /// along an edge and whose ranges do not overlap.
  private static func corners(_ cells: [SheetCell]) -> [[SheetCell]] {
    guard cells.count > 2, cells.count <= maximumCells else { return [cells] }
    var places: [Int: Int] = [:]
    for (index, cell) in cells.enumerated() { places[Sheet.key(cell.row, cell.column)] = index }
    var parents = Array(cells.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    for (index, cell) in cells.enumerated() {
      for key in [Sheet.key(cell.row, cell.column + 1), Sheet.key(cell.row + 1, cell.column)] {
        guard let other = places[key] else { continue }
        let (one, two) = (root(index), root(other))
        parents[max(one, two)] = min(one, two)
      }
    }
    var groups: [Int: [SheetCell]] = [:]
    for (index, cell) in cells.enumerated() { groups[root(index), default: []].append(cell) }
    guard groups.count > 1, groups.count <= 20 else { return [cells] }
    let parts = groups.sorted { $0.key < $1.key }.map(\.value)
    let ranges = parts.map(range)
    for (index, one) in ranges.enumerated() {
      for other in ranges[(index + 1)...]
      where one.rows.overlaps(other.rows) && one.columns.overlaps(other.columns) {
        return [cells]
      }
    }
    return parts
  }

  /// The smallest range that holds all cells.
  static func range(_ cells: [SheetCell]) -> CellRange {
    var result = cells.first.map {
      CellRange(rows: $0.row...$0.row, columns: $0.column...$0.column)
    }
    for cell in cells.dropFirst() {
      let own = CellRange(rows: cell.row...cell.row, columns: cell.column...cell.column)
      result = result?.union(own)
    }
    return result ?? CellRange(rows: 1...1, columns: 1...1)
  }
}
