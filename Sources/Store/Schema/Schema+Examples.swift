extension Schema {
  /// The tables that version 3 adds.
  ///
  /// - `examples.identifier` is the hash of what the example says; `content` is its JSON, absent once
  ///   its text is forgotten. Then the identifier is random: a hash could tell what was forgotten.
  /// - `example_documents` says what an example took from which document (`texts`, JSON). Where
  ///   `texts` is absent any change of the document counts.
  /// - A removed document takes undecided and dropped examples with it, and the text of kept ones. A
  ///   changed one does so where the texts are gone from it, which ``ExampleForgetting`` finds out.
  /// - A forgotten answer takes candidates that came from it, and the words of its feedback; examples
  ///   lose their link to it. A forgotten rewritten question takes the examples that ask it.
  static let exampleTables = """
    CREATE TABLE examples (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset TEXT NOT NULL,
      identifier TEXT NOT NULL,
      state TEXT NOT NULL,
      split TEXT,
      origin TEXT NOT NULL,
      created_at REAL NOT NULL,
      content,
      fault TEXT,
      UNIQUE (dataset, identifier)
    );

    CREATE TABLE example_documents (
      example INTEGER NOT NULL REFERENCES examples (id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      document INTEGER,
      hash TEXT NOT NULL,
      texts TEXT,
      PRIMARY KEY (example, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX example_documents_by_document ON example_documents (document);

    CREATE TABLE example_answers (
      answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
      example INTEGER NOT NULL REFERENCES examples (id) ON DELETE CASCADE,
      PRIMARY KEY (answer, example)
    ) WITHOUT ROWID;
    CREATE INDEX example_answers_by_example ON example_answers (example);

    CREATE TABLE feedback (
      answer TEXT PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
      created_at REAL NOT NULL,
      verdict TEXT NOT NULL,
      correction TEXT,
      dataset TEXT NOT NULL,
      example INTEGER REFERENCES examples (id) ON DELETE SET NULL
    ) WITHOUT ROWID;
    CREATE INDEX feedback_by_example ON feedback (example);

    CREATE TRIGGER forget_examples AFTER DELETE ON documents BEGIN
      DELETE FROM examples WHERE state <> 'kept'
        AND id IN (SELECT example FROM example_documents WHERE document = old.id);
      \(forget("SELECT example FROM example_documents WHERE document = old.id", because: "documentRemoved"))
    END;

    CREATE TRIGGER forget_evidence AFTER UPDATE OF content ON examples
    WHEN new.content IS NULL BEGIN
      DELETE FROM example_documents WHERE example = new.id;
      DELETE FROM example_answers WHERE example = new.id;
    END;

    CREATE TRIGGER forget_feedback AFTER UPDATE OF answer ON answers
    WHEN new.answer IS NULL AND old.answer IS NOT NULL BEGIN
      DELETE FROM examples WHERE state <> 'kept'
        AND id IN (SELECT example FROM example_answers WHERE answer = new.id);
      DELETE FROM example_answers WHERE answer = new.id;
      UPDATE feedback SET correction = NULL, example = NULL WHERE answer = new.id;
    END;

    CREATE TRIGGER forget_asked BEFORE UPDATE OF standalone ON turns
    WHEN new.standalone IS NULL AND old.standalone IS NOT NULL BEGIN
      DELETE FROM examples WHERE state <> 'kept'
        AND id IN (SELECT example FROM example_answers WHERE answer = new.answer);
      \(forget("SELECT example FROM example_answers WHERE answer = new.answer", because: "documentChanged"))
    END;
    """

  /// Takes the text out of examples, given by a query for their keys.
  static func forget(_ keys: String, because fault: String) -> String {
    """
    UPDATE examples SET content = NULL, fault = '\(fault)', identifier = lower(hex(randomblob(32)))
        WHERE content IS NOT NULL AND id IN (\(keys));
    """
  }
}
