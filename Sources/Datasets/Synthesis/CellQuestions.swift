/// Asks for the cells of a table's row by the name of the row.
enum CellQuestions {
  private static let valueLimit = 200
  private static let labels: Set<String> = ["name", "title", "label", "product", "item", "term"]

  static func pairs(_ passage: SynthesisPassage) -> [QuestionPair] {
    guard let label = label(of: passage.columns) else { return [] }
    let row = name(of: passage.columns[label])
    return passage.columns.enumerated().compactMap { index, column in
      let value = trimmed(column.value)
      let name = spoken(column.name)
      guard index != label, !value.isEmpty, value.count <= valueLimit, !name.isEmpty,
        value.contains(where: { $0.isLetter || $0.isNumber }),
        !["null", "nil", "n/a", "none", "nan"].contains(value.lowercased())
      else { return nil }
      return QuestionPair(question: "What is the \(name) of \(row)?", answer: value)
    }
  }

  /// The column that names the row: one that is called so, else the first with words, else the first.
  private static func label(of columns: [SynthesisPassage.Column]) -> Int? {
    func isFilled(_ column: SynthesisPassage.Column) -> Bool {
      let value = trimmed(column.value)
      return !value.isEmpty && value.count <= 80
    }
    let filled = columns.indices.filter { isFilled(columns[$0]) }
    return filled.first { index in
      let words = spoken(columns[index].name).lowercased().split(separator: " ")
      return words.last.map { labels.contains(String($0)) } ?? false
    } ?? filled.first { !isNumeric(columns[$0].value) } ?? filled.first
  }

  private static func name(of column: SynthesisPassage.Column) -> String {
    let value = trimmed(column.value)
    return isNumeric(value) ? "\(spoken(column.name)) \(value)" : value
  }

  private static func isNumeric(_ text: String) -> Bool { !text.contains(where: \.isLetter) }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A column's name as words: `unit_price` and `UnitPrice` are "unit price"; `ID` stays.
  private static func spoken(_ name: String) -> String {
    var words: [String] = []
    for part in name.split(whereSeparator: { $0.isWhitespace || $0 == "_" }) {
      var current = ""
      for character in part {
        if character.isUppercase, let last = current.last, last.isLowercase {
          words.append(current)
          current = ""
        }
        current.append(character)
      }
      words.append(current)
    }
    return words.map { $0.count > 1 && $0.allSatisfy(\.isUppercase) ? $0 : $0.lowercased() }
      .joined(separator: " ")
  }
}
