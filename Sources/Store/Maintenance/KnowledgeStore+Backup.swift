import Foundation
import GRDB

extension KnowledgeStore {
  /// Writes the whole store to one SQLite file, as it is at this moment.
  ///
  /// The index is not part of it: it is built again from the file when it is restored. Others may
  /// read and write meanwhile.
  ///
  /// - Parameter path: A file that does not exist yet.
  /// - Throws: ``StoreError``: `exists`, `diskFull`, `noPermission` or `inputOutput`.
  public func backup(to path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StoreError(
        .exists,
        "There is already a file with the backup's name.",
        subject: path,
        remedy: "Choose another name, or delete the file."
      )
    }
    // A copy has no log and no unused space; only the lexical index can hold deleted words.
    try purgeTextIndex()
    let temporary = path + ".tmp"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      try Self.translating(path) { try requireWriter().vacuum(into: temporary) }
      try DurableFile.publish(temporary, as: path)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }

  /// Puts a backup in the place of a workspace's store, and builds the index from it.
  ///
  /// The backup is checked before anything is replaced. A crash leaves either the old store or the
  /// new one. The caller holds the ``WorkspaceLock`` and has no store open there.
  ///
  /// - Parameters:
  ///   - backup: A file that ``backup(to:)`` wrote.
  ///   - directory: The workspace's `.attune` folder; made where missing.
  /// - Throws: ``StoreError``: `missing`, `notAStore`, `damaged`, `newerVersion` or `diskFull`.
  public static func restore(from backup: String, into directory: String) throws {
    do {
      try translating(backup) { try verify(backup) }
    } catch var error as StoreError where error.code == .notAStore || error.code == .damaged {
      error.remedy = "Name a file that 'attune backup' wrote. Nothing was replaced."
      throw error
    }
    let path = directory + "/" + fileName
    let opening = StoreOpening(path: path, busyTimeout: 10)
    try opening.makeDirectories([directory, directory + "/" + indexName])
    let temporary = path + ".tmp"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      try FileManager.default.copyItem(atPath: backup, toPath: temporary)
      try setAside(path, opening)
      try DurableFile.publish(temporary, as: path)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      if error is StoreError { throw error }
      throw StoreError(
        .inputOutput,
        "The backup could not be copied.",
        subject: backup,
        cause: error.localizedDescription,
        remedy: "Check free space and permissions."
      )
    }
    let store = try KnowledgeStore(directory: directory)
    try store.compactIndex(.rebuild)
    try store.purge()
    try store.close()
  }

  /// Moves what stands in the log of an old database into it and deletes the log, which would
  /// otherwise be applied to the new database.
  private static func setAside(_ path: String, _ opening: StoreOpening) throws {
    if FileManager.default.fileExists(atPath: path) {
      // A database too damaged to open has no state worth keeping.
      if let old = try? opening.pool() {
        _ = try? old.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try old.close()
      }
    }
    for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
      try FileManager.default.removeItem(atPath: path + ending)
    }
  }

  private static func verify(_ backup: String) throws {
    guard FileManager.default.fileExists(atPath: backup) else {
      throw StoreError(
        .missing,
        "There is no such backup.",
        subject: backup,
        remedy: "Check the file's name."
      )
    }
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: backup, configuration: configuration)
    try queue.read { db in
      // One that an older program wrote is brought up to date where it is restored.
      let isCurrent = try Schema.checkVersion(db, path: backup)
      guard try isCurrent || Schema.isOurs(db) else {
        throw StoreError(
          .notAStore,
          "The file is no backup of a workspace.",
          subject: backup,
          remedy: "Give a file that 'attune backup' wrote."
        )
      }
      let found = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
      guard found == ["ok"] else {
        throw StoreError(
          .damaged,
          "The backup is damaged.",
          subject: backup,
          cause: found.first,
          remedy: "Use another backup."
        )
      }
    }
    try queue.close()
  }
}
