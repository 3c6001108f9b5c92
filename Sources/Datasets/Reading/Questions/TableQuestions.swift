/// Asks for the cells of a table's rows by the name of the row.
struct TableQuestions: Sendable {
  let table: ReadingTable
  /// The column that names the rows; nil where none does.
  private let label: Int?

  init(_ table: ReadingTable) {
    self.table = table
    let unique = table.columns.indices.filter { column in
      let values = table.rows.map { $0[column] }
      let worded = values.count { $0.contains(where: \.isLetter) && $0.count >= 3 }
      return worded * 10 >= values.count * 9 && Set(values).count * 10 >= values.count * 9
    }
    label =
      unique.first { column in
        let words = NormalizedWording.of(table.columns[column]).split(separator: " ")
        return words.contains { Self.naming.contains(String($0)) }
      } ?? unique.first
  }

  /// Words in the heads of columns that name what a row is about.
  private static let naming = EnglishWords.words(
    """
    name title player team film school institution driver song album character building station country
    city club candidate company ship athlete rider university model product episode game party artist
    """
  )

  /// Questions on random cells; about a third are on rows that do not answer.
  func examples(limit: Int, using random: inout SeededGenerator) -> [ReadingExample] {
    guard let label, table.rows.count > 1 else { return [] }
    var examples: [ReadingExample] = []
    for _ in 0..<limit * 2 where examples.count < limit {
      let row = Int(random.next() % UInt64(table.rows.count))
      let column = Int(random.next() % UInt64(table.columns.count))
      let name = table.rows[row][label]
      let value = table.rows[row][column]
      guard column != label, isFair(value), isFair(name), name != value,
        table.rows.count(where: { $0[label] == name }) == 1
      else { continue }
      let question = question(table.columns[column], name, value, using: &random)
      let separator = ["; ", " | ", " | ", " | "][Int(random.next() % 4)]
      if random.unit() < 0.3 {
        let other = Int(random.next() % UInt64(table.rows.count))
        let passage = table.passage(other, separator: separator).text
        guard other != row, ReadingSpans.first(of: name, in: passage) == nil else { continue }
        examples.append(
          ReadingExample(
            question: question,
            passage: passage,
            kind: "table-none",
            source: table.source
          )
        )
      } else {
        let (passage, cells) = table.passage(row, separator: separator)
        guard let place = cells[column] else { continue }
        examples.append(
          ReadingExample(
            question: question,
            passage: passage,
            answer: value,
            start: place.lowerBound,
            kind: "table",
            source: table.source
          )
        )
      }
    }
    return examples
  }

  private func isFair(_ value: String) -> Bool {
    let words = value.split(separator: " ").count
    return (1...8).contains(words) && value.contains { $0.isLetter || $0.isNumber }
      && value.count { "()".contains($0) } <= 2
  }

  private func question(
    _ column: String,
    _ name: String,
    _ value: String,
    using random: inout SeededGenerator
  ) -> String {
    let spoken = column.split(whereSeparator: { $0.isWhitespace || $0 == "_" })
      .map { $0.count > 1 && $0.allSatisfy(\.isUppercase) ? String($0) : $0.lowercased() }
      .joined(separator: " ")
    var forms = [
      "What is the \(spoken) of \(name)?", "What is the \(spoken) for \(name)?",
      "What is \(name)'s \(spoken)?", "What \(spoken) does \(name) have?",
      "Which \(spoken) is listed for \(name)?", "What was the \(spoken) of \(name)?",
      "\(name): what is the \(spoken)?", "Can you tell me the \(spoken) of \(name)?",
    ]
    switch spoken {
    case "year", "date": forms = ["When was \(name)?"] + forms.prefix(6)
    case "founded", "established", "built", "opened", "completed", "born", "released", "died":
      forms = ["When was \(name) \(spoken)?", "In what year was \(name) \(spoken)?"]
      if spoken == "died" { forms = ["When did \(name) die?"] }
    case "country", "location", "place", "city", "venue", "nationality":
      forms = ["Where is \(name)?", "What \(spoken) is \(name) from?"] + forms.prefix(3)
    case "author", "director", "coach", "winner", "artist", "driver", "manager":
      forms = ["Who is the \(spoken) of \(name)?", "Who was the \(spoken) for \(name)?"]
    default:
      if spoken.hasSuffix("s"), !spoken.hasSuffix("ss"), !spoken.contains(" "),
        value.allSatisfy({ $0.isNumber || ",.".contains($0) })
      {
        forms += ["How many \(spoken) does \(name) have?", "How many \(spoken) did \(name) have?"]
      }
    }
    let form = forms[Int(random.next() % UInt64(forms.count))]
    return form.prefix(1).uppercased() + form.dropFirst()
  }
}
