import Evaluation
import Foundation

extension ExperimentReport {
  /// Adds figures, and a table of them.
  ///
  /// - Parameters:
  ///   - heading: what stands above the table.
  ///   - rows: for each figure its name, what it is, and its value.
  mutating func note(_ heading: String, _ rows: [(name: String, text: String, value: Double)]) {
    var table = TextTable(columns: [.init("measure"), .init("value", .trailing)])
    for row in rows {
      outcome.figures[row.name] = row.value
      table.rows.append([row.text, String(format: "%.4f", row.value)])
    }
    tables.append((heading, table))
  }
}
