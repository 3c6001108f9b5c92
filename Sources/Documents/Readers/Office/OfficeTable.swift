/// A table of an office document: turns rows with merged cells into rows with named columns.
struct OfficeTable {
  struct Cell {
    var text: String
    /// How many columns it takes.
    var span = 1
    /// Whether it goes on with the cell above it.
    var continuesAbove = false
  }

  struct Row {
    var cells: [Cell]
    var origin: Origin
    /// Whether the document itself marks it as a header.
    var isHeader = false
  }

  /// How the rows that name the columns are known.
  enum Header {
    /// The rows that are marked; else the first where it looks like one.
    case detected
    case rows(Int)
  }

  var rows: [Row] = []
  var header = Header.detected

  /// Spans beyond this are mistakes or worse, as are tables that spans make larger than that.
  private static let maximumSpan = 1000
  private static let maximumCells = 2_000_000

  /// A cell at its place in the grid, with the text of the merged cell that covers it.
  private struct Place {
    var text: String
    /// Tells merged cells apart.
    var group: Int

    /// As it stands in further places that a merged cell covers: long texts stand only once.
    var repeated: Place { text.utf8.count <= 500 ? self : Place(text: "", group: group) }
  }

  var isEmpty: Bool { rows.allSatisfy { $0.cells.allSatisfy { $0.text.isEmpty } } }

  /// The table in a few lines, as it stands in a cell of another one.
  var plainText: String {
    rows.map { row in
      row.cells.filter { !$0.text.isEmpty && !$0.continuesAbove }.map(\.text)
        .joined(separator: " | ")
    }
    .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Writes the rows.
  ///
  /// A column of single cells is plain text, and so is a cell that takes a whole row.
  ///
  /// - Returns: The names of the columns and how many rows were written under them; no names where
  ///   there was only plain text.
  @discardableResult
  func write(into builder: inout DocumentBuilder) -> (columns: [String], rows: Int) {
    let grid = grid()
    let width = grid.map(\.count).max() ?? 0
    guard width > 1 else {
      for (row, places) in zip(rows, grid) {
        builder.append(.paragraph, places.first?.text ?? "", origin: row.origin)
      }
      return ([], 0)
    }
    var first = 0
    // A title may stand above the header, over all columns.
    while first < grid.count, isTitle(grid[first], width) {
      let text = grid[first].first { !$0.text.isEmpty }?.text ?? ""
      builder.append(.paragraph, text, origin: rows[first].origin)
      first += 1
    }
    let height = min(headerHeight(grid, from: first, width: width), grid.count - first)
    let columns = names(grid[first..<first + height], width: width)
    var count = 0
    for (row, places) in zip(rows, grid).dropFirst(first + height) {
      guard builder.hasRoom else { break }
      if width > 1, isTitle(places, width), places.count == width,
        places.first?.text.isEmpty == false
      {
        builder.append(.paragraph, places.first?.text ?? "", origin: row.origin)
        continue
      }
      var cells: [DocumentBuilder.Cell] = []
      for (column, place) in places.enumerated() where !place.text.isEmpty {
        cells.append((columns[column], place.text))
      }
      if !cells.isEmpty { count += 1 }
      builder.appendRow(label: nil, cells: cells, origin: row.origin)
    }
    return (columns, count)
  }

  // MARK: The grid

  private func grid() -> [[Place]] {
    var result: [[Place]] = []
    result.reserveCapacity(rows.count)
    var cells = 0
    var group = 0
    for row in rows {
      var places: [Place] = []
      for cell in row.cells {
        group += 1
        let above = result.last.flatMap {
          $0.indices.contains(places.count) ? $0[places.count] : nil
        }
        let place =
          cell.continuesAbove
          ? above?.repeated ?? Place(text: cell.text, group: group)
          : Place(text: cell.text, group: group)
        let isRoomy = cells < Self.maximumCells
        let span = isRoomy ? min(max(1, cell.span), Self.maximumSpan) : 1
        cells += span
        places.append(place)
        places.append(contentsOf: repeatElement(place.repeated, count: span - 1))
      }
      result.append(places)
    }
    return result
  }

  /// Whether one merged cell takes the whole row.
  private func isTitle(_ places: [Place], _ width: Int) -> Bool {
    guard let group = places.first?.group, places.count >= width else { return false }
    return places.allSatisfy { $0.group == group }
  }

  // MARK: The header

  private func headerHeight(_ grid: [[Place]], from first: Int, width: Int) -> Int {
    if case .rows(let count) = header { return count }
    let marked = rows.dropFirst(first).prefix(while: \.isHeader).count
    let rest = grid.count - first
    if marked > 0, marked < rest { return marked }
    guard rest > 1, looksLikeHeader(grid[first], below: grid[first + 1], width) else { return 0 }
    // Columns under a merged cell have names of their own in the next row.
    let hasMerged = zip(grid[first], grid[first].dropFirst()).contains {
      $0.group == $1.group && !$0.text.isEmpty
    }
    return hasMerged && rest > 2 ? 2 : 1
  }

  /// A header names at least half of the columns, shortly and in words.
  private func looksLikeHeader(_ places: [Place], below: [Place], _ width: Int) -> Bool {
    let named = places.filter { !$0.text.isEmpty }
    guard named.count * 2 >= width, named.allSatisfy({ $0.text.unicodeScalars.count <= 120 }) else {
      return false
    }
    // A form has its labels in the first column.
    if width == 2, rows.count > 1,
      rows.allSatisfy({ $0.cells.first.map { $0.text.isEmpty || $0.text.hasSuffix(":") } ?? true })
    {
      return false
    }
    let numbers = named.filter { Double($0.text) != nil }.count
    return numbers == 0 || (numbers < named.count && Double(below.first?.text ?? "") == nil)
  }

  /// One name for each column: the different texts above it, the number where there is none.
  private func names(_ header: ArraySlice<[Place]>, width: Int) -> [String] {
    var seen: [String: Int] = [:]
    return (0..<width).map { column in
      var parts: [String] = []
      for row in header where row.indices.contains(column) {
        let text = row[column].text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !text.isEmpty, parts.last != text { parts.append(text) }
      }
      let name = parts.isEmpty ? "Column \(column + 1)" : parts.joined(separator: " ")
      let count = seen[name, default: 0] + 1
      seen[name] = count
      return count == 1 ? name : "\(name) \(count)"
    }
  }
}
