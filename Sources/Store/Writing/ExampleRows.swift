import Datasets
import Documents
import GRDB

/// Reads and writes rows of examples.
struct ExampleRows {
  let db: Database
  let path: String

  /// Adds an example unless one there says the same; links it to its answer either way.
  ///
  /// - Returns: Whether it is new.
  func insert(_ new: NewExample, into dataset: String, at time: Double) throws -> Bool {
    let identifier = new.example.identifier
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO examples (dataset, identifier, state, split, origin, created_at, content)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        dataset, identifier, new.state.rawValue, new.example.split?.rawValue,
        new.example.origin.rawValue, time, try Self.content(new.example),
      ]
    )
    let isNew = db.changesCount > 0
    guard let key = try key(of: identifier, in: dataset) else { return false }
    if isNew { try insert(new.evidence, of: key) }
    if let answer = new.answer { try link(key, to: answer) }
    return isNew
  }

  /// Puts an example in the place of another.
  ///
  /// - Returns: The identifier of what stands there now.
  func replace(_ id: String, in dataset: String, by new: NewExample) throws -> String {
    guard let key = try key(of: id, in: dataset) else {
      throw StoreError(
        .badValue,
        "There is no such example.",
        subject: id,
        remedy: "List them with 'attune dataset show'."
      )
    }
    let identifier = new.example.identifier
    if let other = try self.key(of: identifier, in: dataset), other != key {
      for table in ["example_answers", "feedback"] {
        try db.execute(
          sql: "UPDATE OR IGNORE \(table) SET example = ? WHERE example = ?",
          arguments: [other, key]
        )
      }
      try db.execute(sql: "DELETE FROM examples WHERE id = ?", arguments: [key])
      try db.execute(
        sql: "UPDATE examples SET state = ? WHERE id = ?",
        arguments: [new.state.rawValue, other]
      )
      return identifier
    }
    try db.execute(
      sql: """
        UPDATE examples SET identifier = ?, state = ?, origin = ?, content = ?, fault = NULL
        WHERE id = ?
        """,
      arguments: [
        identifier, new.state.rawValue, new.example.origin.rawValue,
        try Self.content(new.example), key,
      ]
    )
    if !new.evidence.isEmpty {
      try db.execute(sql: "DELETE FROM example_documents WHERE example = ?", arguments: [key])
      try insert(new.evidence, of: key)
    }
    return identifier
  }

  /// The examples that match a condition, oldest first.
  func fetch(
    where condition: String,
    _ arguments: StatementArguments,
    limit: Int = -1
  ) throws -> [StoredExample] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT e.identifier, e.dataset, e.content, e.origin, e.split, e.state, e.created_at,
          (SELECT answer FROM example_answers WHERE example = e.id LIMIT 1),
          coalesce(e.fault,
            (SELECT iif(d.id IS NULL, 'documentRemoved', 'documentChanged')
              FROM example_documents l LEFT JOIN documents d ON d.id = l.document
              WHERE l.example = e.id AND (d.id IS NULL OR d.content_hash <> l.hash)
              ORDER BY l.ordinal LIMIT 1)),
          (SELECT hash FROM example_documents WHERE example = e.id AND ordinal = 0)
        FROM examples e WHERE \(condition) ORDER BY e.id LIMIT \(limit)
        """,
      arguments: arguments
    ).map(stored)
  }

  private func stored(_ row: Row) throws -> StoredExample {
    let split: String? = row[4]
    let fault: String? = row[8]
    guard let origin = Example.Origin(rawValue: row[3]), let state = ExampleState(rawValue: row[5]),
      split.map({ Example.Split(rawValue: $0) != nil }) ?? true,
      fault.map({ ExampleFault(rawValue: $0) != nil }) ?? true
    else { throw StoreError.impossible("the state of an example", path: path) }
    let content: String? = row[2]
    var example = try content.map { try DatabaseText.decode(Example.self, $0, path: path) }
    example?.split = split.flatMap(Example.Split.init)
    if example?.source != nil, let hash: String = row[9] { example?.source?.documentHash = hash }
    return StoredExample(
      id: row[0],
      dataset: row[1],
      example: example,
      origin: origin,
      split: split.flatMap(Example.Split.init),
      state: state,
      createdAt: row[6],
      answer: row[7],
      fault: fault.flatMap(ExampleFault.init)
    )
  }

  private static func content(_ example: Example) throws -> String {
    var example = example
    example.split = nil
    return try DatabaseText.json(example)
  }

  private func key(of identifier: String, in dataset: String) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM examples WHERE dataset = ? AND identifier = ?"),
      arguments: [dataset, identifier]
    )
  }

  /// An answer that could not be kept is not linked.
  private func link(_ key: Int64, to answer: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO example_answers (answer, example)
        SELECT id, ? FROM answers WHERE id = ?
        """
    ).execute(arguments: [key, answer])
  }

  private func insert(_ evidence: [ExampleEvidence], of key: Int64) throws {
    let find = try db.cachedStatement(
      sql: """
        SELECT d.id, d.content_hash FROM documents d JOIN sources s ON s.id = d.source
        WHERE s.name = ? AND d.path = ?
        """
    )
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO example_documents (example, ordinal, document, hash, texts)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    for (ordinal, part) in evidence.enumerated() {
      let place = DocumentURL(part.document)
      let row = try place.flatMap { try Row.fetchOne(find, arguments: [$0.source, $0.path]) }
      let document: Int64? = row?[0]
      let present: String? = row?[1]
      var hash = part.documentHash ?? present ?? ""
      if let document, let present, hash != present,
        try ExampleForgetting(db: db).hold(part.texts, in: document)
      {
        hash = present
      }
      let texts = try part.texts.map { try DatabaseText.json($0) }
      try insert.execute(arguments: [key, ordinal, document, hash, texts])
    }
  }
}
