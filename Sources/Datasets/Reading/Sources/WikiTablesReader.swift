public import Foundation

/// Reads WikiTableQuestions (arXiv 1508.00305): a tab-separated file of questions, and the folder that its
/// tables were unpacked to.
public enum WikiTablesReader {
  private static let cellWords = 8
  private static let columnLimit = 9

  /// The tables, and of the questions those that one row answers: the answer stands in one cell only, and
  /// the question names another cell of its row.
  ///
  /// - Parameters:
  ///   - questions: A file with the columns `id`, `utterance`, `context` and `targetValue`.
  ///   - folder: What the paths under `context` begin from.
  /// - Returns: The tables, and the questions on their rows.
  /// - Throws: ``DatasetError`` where a file cannot be read.
  public static func read(questions: URL, tables folder: URL) throws -> ReadingSource {
    var source = ReadingSource()
    var known: [String: Int?] = [:]
    for record in try records(questions, delimiter: UInt8(ascii: "\t")).dropFirst() {
      guard record.count >= 4 else { continue }
      let path = record[2]
      let place: Int?
      if let found = known[path] {
        place = found
      } else {
        let table = try table(folder.appending(path: path), name: path)
        if let table { source.tables.append(table) }
        place = table == nil ? nil : source.tables.count - 1
        known[path] = .some(place)
      }
      if let place, let asked = question(record[1], record[3], source.tables[place]) {
        source.questions.append(asked)
      }
    }
    return source
  }

  /// A table whose cells are short enough to be read; nil where it is none.
  private static func table(_ file: URL, name: String) throws -> ReadingTable? {
    let records = try records(file, delimiter: UInt8(ascii: ","))
    guard let header = records.first, (2...columnLimit).contains(header.count) else { return nil }
    let columns = header.map(plain)
    guard columns.allSatisfy({ !$0.isEmpty && $0.split(separator: " ").count <= 5 }),
      Set(columns).count == columns.count
    else { return nil }
    let rows = records.dropFirst().map { $0.map(plain) }.filter { row in
      row.count == columns.count
        && row.allSatisfy { $0.split(separator: " ").count <= cellWords * 2 }
    }
    guard rows.count >= 3 else { return nil }
    return ReadingTable(
      source: "wikitables:\(name)",
      columns: columns,
      rows: Array(rows.prefix(60))
    )
  }

  private static let counting = EnglishWords.words(
    """
    most least first last total many next previous after before more less fewer than longest shortest
    highest lowest only average difference same top bottom earliest latest above below consecutive other
    """
  )

  private static func question(
    _ utterance: String,
    _ answer: String,
    _ table: ReadingTable
  ) -> ReadingQuestion? {
    let words = NormalizedWording.of(utterance).split(separator: " ").map(String.init)
    guard !words.contains(where: counting.contains), !answer.contains("|"), !answer.isEmpty else {
      return nil
    }
    let sought = answer.lowercased()
    var found: (row: Int, column: Int)?
    for (row, cells) in table.rows.enumerated() {
      for (column, cell) in cells.enumerated() where cell.lowercased() == sought {
        guard found == nil else { return nil }
        found = (row, column)
      }
    }
    guard let found else { return nil }
    let asked = PassageWords(utterance)
    let names = table.rows[found.row].enumerated().contains { column, cell in
      column != found.column && cell.count >= 3 && asked.hold(cell)
    }
    let passage = table.passage(found.row, separator: " | ")
    guard names, let place = passage.cells[found.column] else { return nil }
    return ReadingQuestion(
      question: ReadingQuestion.written(utterance),
      text: passage.text,
      answer: place,
      kind: "wikitables",
      source: table.source
    )
  }

  private static func records(_ file: URL, delimiter: UInt8) throws -> [[String]] {
    var input = InputBytes(try JSONLines.bytes(file))
    let reader = CSVRecords(delimiter: delimiter)
    var records: [[String]] = []
    while true {
      do {
        guard let record = try reader.next(&input) else { return records }
        records.append(record.cells)
      } catch is ItemFault {
        // A record with stray quotes is one row less.
        continue
      }
    }
  }

  private static func plain(_ cell: String) -> String {
    cell.replacing("\\n", with: " ").replacing("\\\"", with: "\"").filter { $0 != "|" }
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
