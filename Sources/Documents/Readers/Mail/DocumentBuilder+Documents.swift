extension DocumentBuilder {
  /// Appends the blocks of a document that another reader made, with origins of its holder.
  mutating func append(_ document: ExtractedDocument, origin: (Int, Block) -> Origin) {
    let text = IndexedText(document.text)
    for (index, block) in document.blocks.enumerated() {
      let place = origin(index, block)
      guard case .row(let fields) = block.kind, let first = fields.first else {
        append(block.kind, text.slice(block.characters) ?? "", origin: place)
        continue
      }
      let cells = fields.map { (column: $0.column, value: text.slice($0.characters) ?? "") }
      let names = first.column.unicodeScalars.count + 2
      // What stands before the first column's name is the label.
      let labelEnd = first.characters.lowerBound - names - 3
      let label =
        labelEnd > block.characters.lowerBound
        ? text.slice(block.characters.lowerBound..<labelEnd) : nil
      appendRow(label: label, cells: cells, origin: place)
    }
    warnings += document.warnings
  }
}
