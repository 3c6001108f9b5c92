import GRDB

extension KnowledgeStore {
  /// Keeps how the sources are configured, so that a backup brings it along: who may see them, what is
  /// read of a database. Nothing is written where it is kept already.
  public func keepSourceSettings(_ settings: String) throws {
    guard try sourceSettings() != settings else { return }
    try write { db in try Meta.sourceSettings.set(settings, db) }
  }

  /// What ``keepSourceSettings(_:)`` kept last; nil before.
  public func sourceSettings() throws -> String? {
    try read { db in try Meta.sourceSettings.text(db) }
  }
}
