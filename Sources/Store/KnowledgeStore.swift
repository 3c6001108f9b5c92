public import Answering
import Foundation
import GRDB
public import Knowledge
import Logging
import VectorIndex

/// A workspace's knowledge: one SQLite file and the index segments beside it.
///
/// The database is the truth; segments can always be built again from it. Every change to documents
/// is one transaction, which also names the segments that hold their vectors. Any number of
/// processes may read while one writes. Callers that change documents hold a ``WorkspaceLock``.
///
/// Durability: the write-ahead log is synced at each commit, so that what was reported as done
/// survives a power failure. Deletion: freed space is overwritten (`secure_delete`); the lexical index
/// is merged, the file written anew and the log emptied by ``removeSource(_:)`` and ``finishSync(_:)``.
public final class KnowledgeStore: PassageStore, TraceStore, Sendable {
  /// What a store is opened for.
  public enum Access: Sendable {
    /// Opens or creates it.
    case readWrite
    /// Opens an existing one and never changes a file.
    case readOnly
  }

  /// The database's name within `.attune`.
  public static let fileName = "knowledge.sqlite"
  /// The segments' folder within `.attune`.
  public static let indexName = "index"

  /// The `.attune` folder.
  public let directory: String
  let reader: any DatabaseReader
  /// Absent where the store is open for reading only.
  let writer: (any DatabaseWriter)?
  let weights: LexicalWeights
  let analysis: LexicalAnalysis
  let index: LiveIndex
  let logger: Logger
  let faults: @Sendable (FaultPoint) throws -> Void

  /// Opens a workspace's store, and creates it where it is missing.
  ///
  /// - Parameters:
  ///   - directory: The workspace's `.attune` folder; created where missing.
  ///   - embedder: The identity of the embedder that will be used. Nothing is compared where absent.
  ///   - dimension: The components of its vectors.
  ///   - access: Whether it may be changed.
  ///   - weights: How much words in titles and headings count in lexical search.
  ///   - analysis: How a new store cuts texts into words; an existing one keeps its own.
  /// - Throws: ``StoreError``, and `KnowledgeError` `embedderChanged` where the store's vectors were
  ///   made by another embedder.
  public convenience init(
    directory: String,
    embedder: String? = nil,
    dimension: Int? = nil,
    access: Access = .readWrite,
    weights: LexicalWeights = LexicalWeights(),
    analysis: LexicalAnalysis = .stemmed
  ) throws {
    try self.init(
      directory: directory,
      embedder: embedder,
      dimension: dimension,
      access: access,
      weights: weights,
      analysis: analysis,
      busyTimeout: 10,
      faults: { _ in }
    )
  }

  package init(
    directory: String,
    embedder: String?,
    dimension: Int?,
    access: Access = .readWrite,
    weights: LexicalWeights = LexicalWeights(),
    analysis: LexicalAnalysis = .stemmed,
    busyTimeout: Double,
    faults: @escaping @Sendable (FaultPoint) throws -> Void
  ) throws {
    let path = directory + "/" + Self.fileName
    self.directory = directory
    self.weights = weights
    self.faults = faults
    logger = Logger(label: "attune.store")
    index = LiveIndex(directory: directory + "/" + Self.indexName)
    let opening = StoreOpening(path: path, busyTimeout: busyTimeout)
    (reader, writer, self.analysis) = try Self.translating(path) {
      switch access {
      case .readWrite:
        try opening.makeDirectories([directory, directory + "/" + Self.indexName])
        let pool = try opening.pool()
        try Schema.migrate(pool, analysis: analysis, path: path)
        return (pool, pool, try pool.read { try opening.analysis($0) })
      case .readOnly:
        let reader = try opening.readOnly()
        let analysis = try reader.read { db in
          guard try Schema.checkVersion(db, path: path) else {
            throw try Schema.isOurs(db) ? StoreError.older(path) : StoreError.notFound(path)
          }
          return try opening.analysis(db)
        }
        return (reader, nil, analysis)
      }
    }
    if let embedder {
      try read { try Self.check(embedder: embedder, dimension: dimension, $0) }
    }
  }

  /// The embedder that made the vectors here; none before the first sync.
  public func embedder() throws -> (identity: String, dimension: Int)? {
    try read { db in
      guard let identity = try Meta.embedder.text(db),
        let dimension = try Meta.dimension.integer(db)
      else { return nil }
      return (identity, Int(dimension))
    }
  }

  /// Closes the database. Later calls throw.
  public func close() throws {
    try Self.translating(path) { try reader.close() }
  }

  /// Makes the database behave as on a disk that has room for no more pages; for tests.
  package func limitPages(_ count: Int) throws {
    try requireWriter().writeWithoutTransaction { db in
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count)")
    }
  }

  var path: String { directory + "/" + Self.fileName }
  var indexDirectory: String { directory + "/" + Self.indexName }

  /// Runs reads that all see the same state.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try reader.read(body) }
  }

  /// Runs one transaction: all of it or, on an error, nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let writer = try requireWriter()
    return try Self.translating(path) { try writer.write(body) }
  }

  func requireWriter() throws -> any DatabaseWriter {
    guard let writer else {
      throw StoreError(
        .readOnly,
        "The workspace is open for reading only.",
        subject: directory,
        remedy: "Check that you may write to the workspace's folder and its files."
      )
    }
    return writer
  }

  /// Turns the errors of SQLite and of the index into the store's own.
  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as IndexError {
      throw StoreError(error)
    }
  }

  static func check(embedder: String, dimension: Int?, _ db: Database) throws {
    guard let known = try Meta.embedder.text(db) else { return }
    let knownDimension = try Meta.dimension.integer(db).map(Int.init)
    guard known == embedder, dimension == nil || dimension == knownDimension else {
      throw KnowledgeError(
        .embedderChanged,
        "The workspace's vectors were made by another embedding model than the one configured now.",
        subject: embedder,
        cause: "The workspace was made with \(known).",
        remedy:
          "Set the embedder in attune.yaml back; or, if an adapter was being put in or out of use, "
          + "run 'attune adapters activate <name>' or 'attune adapters deactivate embedder' again. With "
          + "another model, move the folder .attune away and run 'attune sync'."
      )
    }
  }
}
