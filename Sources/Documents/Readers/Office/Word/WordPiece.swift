/// A part of a text document in reading order, before it is known whether it lies in a table's cell.
enum WordPiece {
  case block(Block.Kind, String, Origin)
  case table(OfficeTable)

  /// What the piece reads as within a table's cell.
  var plainText: String {
    switch self {
    case .block(_, let text, _): text.trimmed
    case .table(let table): table.plainText
    }
  }

  /// The pieces as the text of one cell.
  static func text(_ pieces: [WordPiece]) -> String {
    pieces.map(\.plainText).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Writes pieces as blocks; lines of code that follow one another become one block.
  static func write(_ pieces: [WordPiece], into builder: inout DocumentBuilder) {
    var code: (lines: [String], origins: [Origin]) = ([], [])
    func flush() {
      guard !code.lines.isEmpty else { return }
      let text = code.lines.joined(separator: "\n")
      builder.append(.code, text, origin: .joining(code.origins))
      code = ([], [])
    }
    for piece in pieces {
      if case .block(.code, let text, let origin) = piece {
        code.lines.append(text)
        code.origins.append(origin)
        continue
      }
      flush()
      switch piece {
      case .block(let kind, let text, let origin): builder.append(kind, text, origin: origin)
      case .table(let table): table.write(into: &builder)
      }
    }
    flush()
  }
}

extension WordPiece {
  var isTable: Bool {
    if case .table = self { true } else { false }
  }
}

extension String {
  /// With plain spaces in place of those that keep words on one line.
  var withoutHardSpaces: String { replacing("\u{A0}", with: " ") }
}
