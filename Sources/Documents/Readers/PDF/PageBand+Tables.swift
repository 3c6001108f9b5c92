extension PageBand {
  /// The rows of each table in the band; what stands alone above, between and below them comes as
  /// parts of single rows.
  func tables() -> [[PageLayout.Row]] {
    var parts: [[PageLayout.Row]] = []
    var part: [PageLayout.Row] = []
    func end() {
      // A table ends with its last row that has more than one cell.
      var loose: [PageLayout.Row] = []
      while let last = part.last, last.lines.count == 1, !isContinuation(last, of: part.dropLast())
      {
        loose.append(part.removeLast())
      }
      if !part.isEmpty { parts.append(part) }
      parts += loose.reversed().map { [$0] }
      part = []
    }
    let pitch = usualPitch
    for row in rows {
      if row.lines.count == 1, let line = row.lines.first, let left = rows.map(\.box.left).min() {
        let gap = part.last.map { row.box.top - $0.box.top } ?? .infinity
        let isFirst = line.box.left < left + 3
        let isTitle = isFirst && (gap > 1.3 * pitch || (line.isBold && !areBold))
        if part.isEmpty || isTitle {
          end()
          parts.append([row])
          continue
        }
      } else if let last = part.last, row.box.top - last.box.bottom > 4 * row.height {
        end()
      }
      part.append(row)
    }
    end()
    return parts
  }

  private func isContinuation(
    _ row: PageLayout.Row,
    of rows: ArraySlice<PageLayout.Row>
  ) -> Bool {
    guard let above = rows.last, let first = above.lines.first else { return false }
    return row.box.left > first.box.right && row.box.top - above.box.bottom < 0.6 * row.height
  }

  private var usualPitch: Double {
    let pitches = zip(rows, rows.dropFirst()).map { $1.box.top - $0.box.top }.sorted()
    return pitches.isEmpty ? 0 : pitches[pitches.count / 2]
  }

  private var areBold: Bool {
    rows.count { row in row.lines.first?.isBold ?? false } * 2 > rows.count
  }
}
