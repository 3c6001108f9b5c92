/// The paragraphs and tables of an RTF file.
struct RTFOutput {
  private enum Piece {
    case paragraph(Block.Kind, String)
    case row([String])
  }

  private var pieces: [Piece] = []
  private var cells: [String] = []
  private var cell: [String] = []

  mutating func paragraph(_ kind: Block.Kind, _ text: String, isInTable: Bool) {
    if isInTable {
      if !text.trimmed.isEmpty { cell.append(text.trimmed) }
      return
    }
    finishRow()
    if !text.trimmed.isEmpty { pieces.append(.paragraph(kind, text)) }
  }

  mutating func finishCell() {
    cells.append(cell.joined(separator: "\n"))
    cell.removeAll()
  }

  mutating func finishRow() {
    if !cell.isEmpty { finishCell() }
    if cells.contains(where: { !$0.isEmpty }) { pieces.append(.row(cells)) }
    cells.removeAll()
  }

  /// Appends everything; the first row of a table names its columns where it is full.
  func write(to builder: inout DocumentBuilder) {
    var number = 0
    var columns: [String]?
    for (index, piece) in pieces.enumerated() {
      number += 1
      let origin = Origin.elements(part: "document", number...number)
      guard case .row(let cells) = piece else {
        columns = nil
        if case .paragraph(let kind, let text) = piece {
          builder.append(kind, text, origin: origin)
        }
        continue
      }
      if columns == nil {
        var isFollowed = false
        if index + 1 < pieces.count, case .row = pieces[index + 1] { isFollowed = true }
        let isHeader = isFollowed && cells.count > 1 && cells.allSatisfy { !$0.isEmpty }
        columns = isHeader ? cells : []
        if isHeader { continue }
      }
      let names = columns ?? []
      let values: [DocumentBuilder.Cell] = cells.enumerated().compactMap { place, value in
        guard !value.isEmpty else { return nil }
        return (place < names.count ? names[place] : "Column \(place + 1)", value)
      }
      builder.appendRow(label: nil, cells: values, origin: origin)
    }
  }
}
