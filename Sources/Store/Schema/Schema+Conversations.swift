extension Schema {
  /// The tables that version 2 adds.
  ///
  /// A question that was rewritten to stand alone may hold words of earlier answers, so it is forgotten
  /// with the passages behind any answer of its conversation.
  static let conversationTables = """
    CREATE TABLE conversations (
      id TEXT PRIMARY KEY,
      created_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX conversations_by_time ON conversations (created_at);

    CREATE TABLE turns (
      conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      created_at REAL NOT NULL,
      question TEXT NOT NULL,
      standalone TEXT,
      answer TEXT NOT NULL,
      PRIMARY KEY (conversation, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX turns_by_answer ON turns (answer);

    CREATE TRIGGER forget_turns BEFORE DELETE ON passages BEGIN
      UPDATE turns SET standalone = NULL WHERE conversation IN (
        SELECT conversation FROM turns WHERE answer IN (
          SELECT answer FROM answer_passages WHERE passage = old.id));
    END;
    """
}
