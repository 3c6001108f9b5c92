import Foundation
import GRDB

/// A SQLite database whose tables are documents and whose rows are passages.
///
/// The database is opened for reading only and never changed. Views, SQLite's own tables and the
/// inner tables of virtual tables are left out.
public struct SQLiteSource: DocumentSource {
  /// Path of the database file.
  public var path: String
  /// What the source is called in URLs.
  public var name: String
  public var limits: SourceLimits

  /// - Parameters:
  ///   - path: Path of the database file.
  ///   - name: What the source is called; by default the file's name.
  ///   - limits: How far reading goes, and how long it waits for locks.
  public init(path: String, name: String? = nil, limits: SourceLimits = SourceLimits()) {
    self.path = path
    self.name = name ?? FormatDetector.fileName(path)
    self.limits = limits
  }

  /// The tables in order of their names.
  ///
  /// - Throws: ``DocumentError`` when the database is missing, locked, damaged or encrypted.
  public func list() throws -> SourceListing { try listing(subject: path, prefix: "") }

  /// Reads one table within one transaction. The hash covers the definition, every value in the
  /// order of the primary key, and the names that are shown for references.
  public func read(_ item: SourceItem) throws -> SourceContent {
    do {
      return try content(ofTable: item.path, subject: item.path)
    } catch let error as DocumentError {
      // The subject is the table; people look for the file.
      var named = error
      named.message = "\(FormatDetector.fileName(path)): \(error.message)"
      throw named
    }
  }

  /// Lists with `prefix` in front of each table's name; `subject` names the database in errors.
  func listing(subject: String, prefix: String) throws -> SourceListing {
    try open(subject: subject) { db in
      let fingerprint = try fingerprint()
      var listing = SourceListing(items: [])
      for table in try Self.tables(db) {
        switch table.kind {
        case "table":
          listing.items.append(
            SourceItem(
              path: prefix + table.name,
              fingerprint: fingerprint.text,
              modified: fingerprint.modified
            )
          )
        case "virtual":
          listing.skipped.append(
            DocumentError(
              .unsupportedFormat,
              "\(prefix)\(table.name) is a virtual table",
              subject: prefix + table.name,
              remedy: "Nothing to do; its content is elsewhere."
            )
          )
        default: break
        }
      }
      return listing
    }
  }

  /// Reads one table; `subject` names it in errors.
  func content(ofTable name: String, subject: String) throws -> SourceContent {
    let limit = limits.maximumFileBytes
    let title = FormatDetector.fileName(path)
    return try open(subject: subject) { db in
      let tables = try Self.tables(db).filter { $0.kind == "table" }
      guard let entry = tables.first(where: { $0.name == name }) else {
        throw DocumentError.missing(subject)
      }
      let definitions = try tables.map {
        try SQLiteTable(db, name: $0.name, hasRowID: $0.hasRowID, definition: $0.definition)
      }
      guard let table = definitions.first(where: { $0.name == entry.name }) else {
        throw DocumentError.missing(subject)
      }
      let labels = try SQLiteLabels(db, of: table, definitions: definitions)
      var reading = SQLiteTableReading(table: table, labels: labels, database: title)
      try reading.run(db, subject: subject, limit: limit)
      let document = reading.document
      return SourceContent(hash: reading.hash.hexadecimal) { document }
    }
  }

  private struct TableEntry {
    var name: String
    var kind: String
    var hasRowID: Bool
    var definition: String
  }

  private static func tables(_ db: Database) throws -> [TableEntry] {
    let sql = """
      SELECT list.name, list.type, list.wr, coalesce(master.sql, '') AS sql
      FROM pragma_table_list AS list
      JOIN sqlite_master AS master ON master.name = list.name AND master.type = 'table'
      WHERE list.schema = 'main' AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY list.name
      """
    return try Row.fetchAll(db, sql: sql).compactMap { row in
      guard let name = row[0] as String?, let kind = row[1] as String? else { return nil }
      return TableEntry(
        name: name,
        kind: kind,
        hasRowID: row[2] as Int? != 1,
        definition: row[3] as String? ?? ""
      )
    }
  }

  private func open<Value>(subject: String, _ body: (Database) throws -> Value) throws -> Value {
    let status: FileStatus
    let header: [UInt8]
    do throws(SystemError) {
      status = try FileStatus(path, followingLinks: true)
      header = try FileContent.header(path, length: FormatDetector.headerLength)
    } catch {
      throw error.documentError(subject)
    }
    guard status.kind == .file else { throw DocumentError.missing(subject) }
    guard !header.isEmpty else { throw DocumentError.emptyFile(subject) }
    guard FormatDetector.format(ofContent: header[...]) == .sqlite else {
      throw SQLiteFault.notADatabase(subject, header: header)
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(limits.busyTimeout)
    configuration.label = "attune.documents.sqlite"
    configuration.prepareDatabase { db in
      // The schema comes from outside: it must not call functions with side effects.
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      return try queue.read(body)
    } catch {
      throw SQLiteFault.documentError(error, subject: subject)
    }
  }

  /// Changes when the file changes or, in WAL mode, when something is written ahead of it.
  private func fingerprint() throws -> (text: String, modified: Double) {
    let main: FileStatus
    do {
      main = try FileStatus(path, followingLinks: true)
    } catch {
      throw error.documentError(path)
    }
    guard let ahead = try? FileStatus(path + "-wal", followingLinks: true), ahead.size > 0 else {
      return (main.fingerprint, main.modified)
    }
    return (main.fingerprint + "+" + ahead.fingerprint, max(main.modified, ahead.modified))
  }
}
