import Foundation
import GRDB

extension KnowledgeStore {
  /// Writes the whole store to one SQLite file, as it is at this moment.
  ///
  /// The index is not part of it: it is built again from the file when it is restored. Others may
  /// read and write meanwhile.
  ///
  /// - Parameter path: A file that does not exist yet.
  public func backup(to path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StoreError(
        .exists,
        "There is already a file with the backup's name.",
        subject: path,
        remedy: "Choose another name, or delete the file."
      )
    }
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

  /// Puts a backup into a workspace that has no store yet, and builds the index.
  ///
  /// - Parameters:
  ///   - backup: A file that ``backup(to:)`` wrote.
  ///   - directory: The workspace's `.attune` folder; made where missing.
  /// - Throws: ``StoreError``: `exists`, `missing`, `notAStore`, `damaged` or `newerVersion`.
  public static func restore(from backup: String, to directory: String) throws -> KnowledgeStore {
    let path = directory + "/" + fileName
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StoreError(
        .exists,
        "The workspace has a store already.",
        subject: directory,
        remedy: "Restore into an empty workspace, or move the folder .attune away."
      )
    }
    try translating(backup) { try verify(backup) }
    let opening = StoreOpening(path: path, busyTimeout: 10)
    try opening.makeDirectories([directory, directory + "/" + indexName])
    let temporary = path + ".tmp"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      try FileManager.default.copyItem(atPath: backup, toPath: temporary)
      try DurableFile.publish(temporary, as: path)
    } catch let error as StoreError {
      throw error
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw StoreError(
        .inputOutput,
        "The backup could not be copied.",
        subject: backup,
        cause: error.localizedDescription,
        remedy: "Check free space and permissions."
      )
    }
    let store = try KnowledgeStore(directory: directory)
    try store.rebuildIndex()
    return store
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
      guard try Schema.checkVersion(db, path: backup) else {
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
