extension Schema {
  /// The tables of version 1.
  ///
  /// - `documents.id` and `passages.id` are never used twice (AUTOINCREMENT), so an identifier in an
  ///   old trace never comes to mean something else.
  /// - A location's origin stands in `origin_kind` with two values (see `OriginColumns`).
  /// - `passage_index` keeps no text of its own; deletions hand it the old text.
  /// - `document_changes` remembers a path only as a hash salted per workspace.
  /// - The trigger makes old answers forget a passage in the transaction that deletes it.
  static let firstTables = """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
    INSERT INTO meta (key, value) VALUES
      ('generation', 0), ('next_segment', 1), ('purge_log', 0), ('purge_index', 0),
      ('path_salt', random());

    CREATE TABLE sources (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      location TEXT NOT NULL UNIQUE,
      added_at REAL NOT NULL,
      document_count INTEGER NOT NULL DEFAULT 0,
      passage_count INTEGER NOT NULL DEFAULT 0,
      change_count INTEGER NOT NULL DEFAULT 0,
      last_sync REAL
    );

    CREATE TABLE documents (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source INTEGER NOT NULL REFERENCES sources (id),
      path TEXT NOT NULL,
      title TEXT NOT NULL,
      media_type TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      content_hash TEXT NOT NULL,
      text_hash TEXT NOT NULL,
      modified REAL,
      synced_at REAL NOT NULL,
      metadata TEXT NOT NULL,
      table_description TEXT,
      change_count INTEGER NOT NULL DEFAULT 0,
      UNIQUE (source, path)
    );

    CREATE TABLE passages (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document INTEGER NOT NULL REFERENCES documents (id),
      kind INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      headings TEXT NOT NULL,
      text NOT NULL,
      first INTEGER NOT NULL,
      past INTEGER NOT NULL,
      origin_kind INTEGER NOT NULL,
      origin_a NOT NULL,
      origin_b NOT NULL,
      fields TEXT NOT NULL,
      embedded_hash TEXT NOT NULL,
      UNIQUE (document, kind, ordinal)
    );

    CREATE TABLE embeddings (
      passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
      vector BLOB NOT NULL
    );

    CREATE TABLE segments (
      name TEXT PRIMARY KEY,
      kind INTEGER NOT NULL,
      count INTEGER NOT NULL,
      byte_count INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      embedder TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE tombstones (passage INTEGER PRIMARY KEY);

    CREATE TABLE document_changes (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      path_hash INTEGER NOT NULL,
      time REAL NOT NULL,
      kind TEXT NOT NULL
    );
    CREATE INDEX document_changes_by_path ON document_changes (source, path_hash, time);

    CREATE TABLE sync_runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      started_at REAL NOT NULL,
      finished_at REAL NOT NULL,
      added INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      removed INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      skipped INTEGER NOT NULL
    );
    CREATE INDEX sync_runs_by_source ON sync_runs (source);

    CREATE TABLE failures (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      is_skip INTEGER NOT NULL,
      error TEXT NOT NULL
    );
    CREATE INDEX failures_by_source ON failures (source);

    CREATE TABLE answers (
      id TEXT PRIMARY KEY,
      created_at REAL NOT NULL,
      question TEXT NOT NULL,
      answer TEXT,
      citations TEXT,
      trace TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX answers_by_time ON answers (created_at);

    CREATE TABLE answer_passages (
      answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      passage INTEGER NOT NULL,
      PRIMARY KEY (answer, position)
    ) WITHOUT ROWID;
    CREATE INDEX answer_passages_by_passage ON answer_passages (passage);

    CREATE TRIGGER forget_answers AFTER DELETE ON passages BEGIN
      UPDATE answers SET answer = NULL, citations = NULL
        WHERE id IN (SELECT answer FROM answer_passages WHERE passage = old.id);
    END;
    """
}
