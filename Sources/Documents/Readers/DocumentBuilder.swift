/// Collects an extracted text block by block, counting Unicode scalars as it goes.
///
/// Blocks come in reading order; what goes between them is whitespace that belongs to no block.
struct DocumentBuilder {
  private(set) var utf8: [UInt8] = []
  private(set) var scalarCount = 0
  private(set) var blocks: [Block] = []
  var metadata: [String: String] = [:]
  var warnings: [String] = []

  /// One column and its value, before they are written as part of a row.
  typealias Cell = (column: String, value: String)

  /// Appends a block; surrounding white space and NULs are dropped, an empty block is not added.
  mutating func append(_ kind: Block.Kind, _ text: ArraySlice<UInt8>, origin: Origin) {
    let trimmed = text.trimmingWhitespace()
    guard trimmed.contains(where: { $0 != 0 }) else { return }
    separate(from: kind)
    let start = scalarCount
    write(trimmed)
    blocks.append(Block(kind: kind, characters: start..<scalarCount, origin: origin))
  }

  /// Appends a block from a string.
  mutating func append(_ kind: Block.Kind, _ text: String, origin: Origin) {
    append(kind, Array(text.utf8)[...], origin: origin)
  }

  /// Appends a table row as `label | column: value | column: value`.
  ///
  /// Column names stand in every row, so that each row can be understood, found and cited alone.
  /// Cells without a value should be left out by the caller.
  mutating func appendRow(label: String?, cells: [Cell], origin: Origin) {
    guard !cells.isEmpty else { return }
    separate(from: .row(fields: []))
    let start = scalarCount
    var needsBar = false
    if let label {
      write(Self.name(label).utf8)
      needsBar = true
    }
    var fields: [Field] = []
    fields.reserveCapacity(cells.count)
    for cell in cells {
      if needsBar { write(" | ".utf8) }
      needsBar = true
      let column = Self.name(cell.column)
      write(column.utf8)
      write(": ".utf8)
      let valueStart = scalarCount
      write(cell.value.utf8)
      fields.append(Field(column: column, characters: valueStart..<scalarCount))
    }
    blocks.append(
      Block(kind: .row(fields: fields), characters: start..<scalarCount, origin: origin)
    )
  }

  /// Closes the collection.
  func document(
    title: String,
    mediaType: String,
    table: TableDescription? = nil
  ) -> ExtractedDocument {
    ExtractedDocument(
      title: title,
      mediaType: mediaType,
      text: String(decoding: utf8, as: UTF8.self),
      blocks: blocks,
      metadata: metadata,
      table: table,
      warnings: warnings
    )
  }

  private mutating func separate(from next: Block.Kind) {
    guard let last = blocks.last else { return }
    let together: Bool
    switch (last.kind, next) {
    case (.row, .row), (.listItem, .listItem): together = true
    default: together = false
    }
    write(together ? "\n".utf8 : "\n\n".utf8)
  }

  /// A name of bounded length: it is repeated in every row.
  private static func name(_ text: String) -> String {
    guard text.utf8.count > 200 else { return text }
    return String(text.unicodeScalars.prefix(200))
  }

  private mutating func write(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where byte != 0 {
      utf8.append(byte)
      if byte & 0xC0 != 0x80 { scalarCount += 1 }
    }
  }
}
