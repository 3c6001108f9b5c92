/// Table rows.
extension ChunkingRun {
  /// A row is one passage; one that is too long is cut between fields, and each further part gets
  /// the row's first field as its heading.
  mutating func row(_ block: Block, fields: [Field]) {
    let headings = rowHeadings
    let budget = budget(headings: headings)
    let whole = Unit(
      range: block.characters,
      tokens: 0,
      origin: block.origin,
      fields: fields
    )
    if block.characters.count <= chunker.maximumTokens * 12, tokens(block.characters) <= budget {
      return emit([whole], headings: headings)
    }
    let name = fields.first.map { self.name($0) } ?? ""
    let further = name.isEmpty ? headings : fitting(headings + [name])
    let smaller = min(budget, self.budget(headings: further))
    var group: [Unit] = []
    var isFirst = true
    for unit in units(of: fields, in: block, budget: smaller) {
      let sum = group.reduce(unit.tokens) { $0 + $1.tokens }
      if sum > smaller, !group.isEmpty {
        emit(group, headings: isFirst ? headings : further)
        isFirst = false
        group = []
      }
      group.append(unit)
    }
    emit(group, headings: isFirst ? headings : further)
  }

  /// Ends a table. A small one that fits becomes a passage of its own beside those of its rows, for
  /// questions over several of them. A document that is a table as a whole has a summary for that.
  mutating func flushTable() {
    defer { table = TableRows() }
    guard document.table == nil, table.isSmall,
      table.units.reduce(0, { $0 + $1.range.count }) <= chunker.maximumTokens * 12,
      let whole = passage(of: table.units, headings: rowHeadings)
    else { return }
    keep(whole)
  }

  /// One unit for each field with its column's name; several where a value is too long.
  private func units(of fields: [Field], in block: Block, budget: Int) -> [Unit] {
    var result: [Unit] = []
    var start = block.characters.lowerBound
    for (index, field) in fields.enumerated() {
      let isLast = index == fields.count - 1
      let end = isLast ? block.characters.upperBound : field.characters.upperBound
      guard end > start else { continue }
      let unit = Unit(range: start..<end, tokens: 0, origin: block.origin, fields: [field])
      result += units(of: unit, isCode: false, budget: budget).map { part in
        var part = part
        let clipped = field.characters.clamped(to: part.range)
        part.fields = clipped.isEmpty ? [] : [Field(column: field.column, characters: clipped)]
        return part
      }
      start = end
      // The bar between two fields belongs to neither.
      if !isLast { start = min(start + 3, block.characters.upperBound) }
    }
    return result
  }

  private func name(_ field: Field) -> String {
    let value = text.slice(field.characters) ?? ""
    return "\(field.column): \(String(value.unicodeScalars.prefix(60)))"
  }
}
