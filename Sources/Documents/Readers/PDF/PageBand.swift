/// Rows below one another that share white space from top to bottom, or rows without any.
struct PageBand {
  private(set) var rows: [PageLayout.Row]
  /// The white space that all rows share, from left to right.
  private var free: [ClosedRange<Double>]
  /// The shared white space that has text on both sides.
  private var gutters: [ClosedRange<Double>]
  private var box: PageBox

  init(_ row: PageLayout.Row) {
    rows = [row]
    free = Self.free(row)
    box = row.box
    gutters = Self.between(free, box)
  }

  /// Takes a row in, if it belongs here.
  ///
  /// - Returns: False where another band begins.
  mutating func accept(_ row: PageLayout.Row) -> Bool {
    let white = Self.free(row)
    let whole = box.union(row.box)
    if gutters.isEmpty {
      let shared = Self.shared(free, white)
      let found = Self.between(shared, whole)
      if found.isEmpty, row.lines.count > 1 { return false }
      // Long text above is no part of the columns below.
      if !found.isEmpty, rows.count > 2 { return false }
      free = shared
      gutters = found
    } else {
      var kept: [ClosedRange<Double>] = []
      var crossed = 0
      for gutter in gutters {
        let rest = Self.shared([gutter], white).max { $0.width < $1.width }
        if let rest, rest.width >= Self.minimumWidth(row) {
          kept.append(rest)
        } else {
          crossed += 1
          kept.append(gutter)
        }
      }
      if crossed == gutters.count { return false }
      if crossed > 0, row.lines.count == 1, !startsColumn(row) { return false }
      gutters = kept
    }
    rows.append(row)
    box = whole
    return true
  }

  /// The columns between the gutters.
  var columns: [ClosedRange<Double>] {
    var columns: [ClosedRange<Double>] = []
    var left = -Double.greatestFiniteMagnitude
    for gutter in gutters {
      let middle = (gutter.lowerBound + gutter.upperBound) / 2
      if middle > left { columns.append(left...middle) }
      left = middle
    }
    columns.append(left...Double.greatestFiniteMagnitude)
    return columns
  }

  /// The lines of each column.
  func lines(in columns: [ClosedRange<Double>]) -> [[PDFLine]] {
    var parts = [[PDFLine]](repeating: [], count: columns.count)
    for line in rows.lazy.flatMap(\.lines) {
      // A line that reaches over several columns belongs to the one that it begins in.
      let start = line.box.left + min(line.box.width / 2, 4)
      let column = columns.firstIndex { $0.contains(start) } ?? 0
      parts[column].append(line)
    }
    return parts
  }

  /// Whether the columns hold running text rather than cells.
  func isRunningText(_ columns: [[PDFLine]]) -> Bool {
    let long = columns.filter(Self.isLong)
    if long.count > 1 || areHalves(columns) { return true }
    guard long.count == 1 else { return false }
    // Beside cells that are level with its lines, long text is a cell too.
    var level = 0
    var all = 0
    for row in rows where row.lines.count > 1 {
      all += 1
      let bottoms = row.lines.map(\.box.bottom)
      if let first = bottoms.first, bottoms.allSatisfy({ abs($0 - first) < 2.5 }) { level += 1 }
    }
    return all == 0 || level * 10 < all * 8
  }

  /// Whether two columns divide a page between them, each with hardly more than one line to a row.
  private func areHalves(_ columns: [[PDFLine]]) -> Bool {
    guard columns.count == 2, rows.count >= 12 else { return false }
    return columns.allSatisfy { lines in
      guard let left = lines.map(\.box.left).min(), let right = lines.map(\.box.right).max()
      else { return false }
      let heights = Set(lines.map { Int($0.box.bottom) }).count
      return right - left > 0.3 * box.width && lines.count * 5 >= rows.count * 2
        && lines.count * 2 <= heights * 3
        && lines.reduce(0) { $0 + Self.letters($1) } >= 22 * heights
    }
  }

  /// Letters of a line with the spaces between its words; a Chinese or Korean sign takes two.
  private static func letters(_ line: PDFLine) -> Int {
    line.words.reduce(line.words.count - 1) { sum, word in
      word.text.unicodeScalars.reduce(sum) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }
  }

  private static func isLong(_ lines: [PDFLine]) -> Bool {
    guard lines.count >= 4 else { return false }
    let left = lines.map(\.box.left).min() ?? 0
    let right = lines.map(\.box.right).max() ?? 0
    let letters = lines.reduce(0) { $0 + Self.letters($1) }
    let wide = lines.count { $0.box.width > 0.6 * (right - left) }
    return letters >= 20 * lines.count && wide * 2 >= lines.count
  }

  /// Whether a lone line begins where a column other than the first one does.
  private func startsColumn(_ row: PageLayout.Row) -> Bool {
    guard let gutter = gutters.first, row.box.left > gutter.lowerBound else { return false }
    return rows.contains { other in
      other.lines.dropFirst().contains { abs($0.box.left - row.box.left) < 3 }
    }
  }

  // MARK: White space

  private static let far = 1e7

  private static func minimumWidth(_ row: PageLayout.Row) -> Double {
    max(3, 0.5 * min(row.height, 20))
  }

  private static func free(_ row: PageLayout.Row) -> [ClosedRange<Double>] {
    var free: [ClosedRange<Double>] = []
    var left = -far
    for line in row.lines {
      if line.box.left > left { free.append(left...line.box.left) }
      left = max(left, line.box.right)
    }
    free.append(left...far)
    return free
  }

  private static func shared(
    _ one: [ClosedRange<Double>],
    _ other: [ClosedRange<Double>]
  ) -> [ClosedRange<Double>] {
    var result: [ClosedRange<Double>] = []
    var first = one[...]
    var second = other[...]
    while let a = first.first, let b = second.first {
      let lower = max(a.lowerBound, b.lowerBound)
      let upper = min(a.upperBound, b.upperBound)
      if lower < upper { result.append(lower...upper) }
      if a.upperBound < b.upperBound {
        first = first.dropFirst()
      } else {
        second = second.dropFirst()
      }
    }
    return result
  }

  private static func between(
    _ free: [ClosedRange<Double>],
    _ box: PageBox
  ) -> [ClosedRange<Double>] {
    free.filter {
      $0.lowerBound > box.left && $0.upperBound < box.right && $0.width >= 5
    }
  }
}

extension ClosedRange<Double> {
  fileprivate var width: Double { upperBound - lowerBound }
}
