extension SQLiteSource {
  /// Whether a file is a SQLite database, by its first bytes.
  public static func isDatabase(at path: String) -> Bool { FolderWalk.isDatabase(path) }
}
