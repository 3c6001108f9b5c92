/// The rows of one table, kept together as long as they are few.
struct TableRows {
  /// A table of more rows is not kept whole.
  static let maximum = 12

  private(set) var units: [ChunkingRun.Unit] = []
  private var isLong = false
  private var columns: Set<String> = []

  /// Whether a row may belong to this table: it shares a column, and stands in the same sheet or part.
  func takes(_ block: Block, fields: [Field]) -> Bool {
    guard let first = units.first else { return true }
    return fields.contains { columns.contains($0.column) } && first.origin.isBeside(block.origin)
  }

  mutating func append(_ block: Block, fields: [Field]) {
    columns.formUnion(fields.map(\.column))
    isLong = isLong || units.count == Self.maximum
    guard !isLong else { return }
    units.append(
      ChunkingRun.Unit(range: block.characters, tokens: 0, origin: block.origin, fields: fields)
    )
  }

  /// Whether they are few enough, and more than one.
  var isSmall: Bool { units.count > 1 && !isLong }
}

extension Origin {
  /// Whether two places stand in the same sheet, part or table, so that one place can hold both.
  fileprivate func isBeside(_ other: Origin) -> Bool {
    switch (self, other) {
    case (.bytes, .bytes), (.pages, .pages), (.pointer, .pointer): true
    case (.cells(let sheet, _), .cells(let other, _)): sheet == other
    case (.elements(let part, _), .elements(let other, _)): part == other
    case (.row(let table, _), .row(let other, _)): table == other
    default: false
    }
  }
}
