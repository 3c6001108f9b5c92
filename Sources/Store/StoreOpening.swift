import Foundation
import GRDB

/// How connections to the database are made.
struct StoreOpening {
  let path: String
  /// Seconds to wait for another program's lock.
  let busyTimeout: Double

  /// Connections for one writer and several readers; creates the database where it is missing.
  func pool() throws -> DatabasePool {
    try DatabasePool(path: path, configuration: configuration())
  }

  /// Connections that never change a file.
  func readOnly() throws -> any DatabaseReader {
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.notFound(path) }
    var configuration = configuration()
    configuration.readonly = true
    let folder = (path as NSString).deletingLastPathComponent
    let logSize =
      (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
    if logSize == 0, !FileManager.default.isWritableFile(atPath: folder),
      let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    {
      // Readers of a write-ahead log need a shared-memory file, which cannot be made here. Without a
      // log, and with nobody who could write one, the file can be read as it is.
      return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
    }
    return try DatabasePool(path: path, configuration: configuration)
  }

  func makeDirectories(_ directories: [String]) throws {
    for directory in directories {
      do {
        // Company data: for the owner only.
        try FileManager.default.createDirectory(
          atPath: directory,
          withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700]
        )
      } catch {
        throw StoreError(
          .noPermission,
          "The workspace's folder cannot be made.",
          subject: directory,
          cause: error.localizedDescription,
          remedy: "Check that you may write there and that no file is in the way."
        )
      }
    }
  }

  func analysis(_ db: Database) throws -> LexicalAnalysis {
    guard let analysis = try Meta.analysis.text(db).flatMap(LexicalAnalysis.init) else {
      throw StoreError.impossible("an unknown lexical analysis", path: path)
    }
    return analysis
  }

  private func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "attune.store"
    configuration.busyMode = .timeout(busyTimeout)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      // Five vectors of 384 components fit a page of 8 KiB with little left over. `temp_store` keeps
      // text out of temporary files.
      try db.execute(
        sql: """
          PRAGMA page_size = 8192;
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -32768;
          """
      )
      guard !db.configuration.readonly else { return }
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Written to the file, so only while it is new.
      if try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
        try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      }
    }
    return configuration
  }
}
