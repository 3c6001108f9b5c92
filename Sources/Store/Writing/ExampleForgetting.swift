import Datasets
import GRDB
import Knowledge

/// Keeps examples true to their documents.
struct ExampleForgetting {
  let db: Database

  /// Goes through the examples that took something from a document that was written anew. Where all of
  /// it still stands there they are as good as before; else candidates go, and kept ones lose their text.
  ///
  /// - Complexity: O(*text* × *examples*), nothing where no example took from the document.
  func forget(document: Int64, nowHolding write: SyncBatch.Write) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT example, ordinal, texts FROM example_documents WHERE document = ?"
    )
    let links = try Row.fetchAll(statement, arguments: [document])
    guard !links.isEmpty else { return }
    let words = DocumentWords(
      title: write.title,
      passages: write.passages.map(\.passage)
    )
    var spoiled: Set<Int64> = []
    for link in links {
      let example: Int64 = link[0]
      if try words.hold(Self.texts(link[2])) {
        try db.execute(
          sql: "UPDATE example_documents SET hash = ? WHERE example = ? AND ordinal = ?",
          arguments: [write.contentHash, example, link[1] as Int]
        )
      } else {
        spoiled.insert(example)
      }
    }
    for example in spoiled.sorted() {
      try db.execute(
        sql: "DELETE FROM examples WHERE id = ? AND state <> ?",
        arguments: [example, ExampleState.kept.rawValue]
      )
      try db.execute(
        sql: Schema.forget("?", because: ExampleFault.documentChanged.rawValue),
        arguments: [example]
      )
    }
  }

  /// Whether texts stand in a document as it is stored now.
  func hold(_ texts: [String]?, in document: Int64) throws -> Bool {
    guard let texts else { return false }
    var rows = PassageRows(db: db, path: "")
    let passages = try Row.fetchAll(
      db,
      sql: """
        SELECT \(PassageRows.passageColumns) FROM passages p
        WHERE p.document = ? AND p.kind = 0 ORDER BY p.ordinal
        """,
      arguments: [document]
    ).map { try rows.passage($0) }
    let title = passages.first?.document.title ?? ""
    return DocumentWords(title: title, passages: passages.map(\.passage)).hold(texts)
  }

  private static func texts(_ json: String?) throws -> [String]? {
    try json.map { try DatabaseText.decode([String].self, $0, path: "") }
  }
}
