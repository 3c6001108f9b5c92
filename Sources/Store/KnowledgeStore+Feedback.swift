public import Datasets
import GRDB

extension KnowledgeStore {
  public func save(_ feedback: Feedback, in dataset: String) throws {
    var correction: String?
    let verdict: String
    switch feedback.verdict {
    case .good: verdict = "good"
    case .bad: verdict = "bad"
    case .correction(let text): (verdict, correction) = ("correction", text)
    case nil: verdict = "correction"
    }
    try write { db in
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO feedback (answer, created_at, verdict, correction, dataset, example)
          VALUES (?, ?, ?, ?, ?,
            (SELECT id FROM examples WHERE dataset = ? AND identifier = ?))
          """,
        arguments: [
          feedback.answer, feedback.createdAt, verdict, correction.map(DatabaseText.value), dataset,
          dataset, feedback.example,
        ]
      )
    }
  }

  public func feedback(onAnswer id: String) throws -> Feedback? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT f.verdict, f.correction, f.created_at, e.identifier
          FROM feedback f LEFT JOIN examples e ON e.id = f.example WHERE f.answer = ?
          """,
        arguments: [id]
      ).map { row in
        let verdict: Feedback.Verdict? =
          switch row[0] as String {
          case "good": .good
          case "bad": .bad
          default: row[1] == nil ? nil : .correction(DatabaseText.text(row, 1))
          }
        return Feedback(answer: id, verdict: verdict, createdAt: row[2], example: row[3])
      }
    }
  }
}
