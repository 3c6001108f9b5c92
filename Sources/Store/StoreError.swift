import GRDB
import VectorIndex

/// Why the workspace's store could not do what was asked.
public struct StoreError: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    /// There is no store here.
    case missing
    /// A store is here already.
    case exists
    /// The system does not let this program read or write here.
    case noPermission
    /// The store was opened for reading only.
    case readOnly
    /// The disk is full.
    case diskFull
    /// Another sync, removal or restore is running.
    case locked
    /// Another program holds the database.
    case busy
    /// The database, or a file of the index, is not what was written.
    case damaged
    /// The file is no store of Attune.
    case notAStore
    /// A newer Attune wrote this store.
    case newerVersion
    /// What was handed in cannot be kept.
    case badValue
    /// An identifier stands for more than one thing.
    case ambiguous
    /// The system failed to read or write.
    case inputOutput
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file or value it is about.
  public var subject: String
  /// What the system or a library said.
  public var cause: String?
  /// What to do next.
  public var remedy: String

  public init(
    _ code: Code,
    _ message: String,
    subject: String,
    cause: String? = nil,
    remedy: String
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }
}

extension StoreError {
  /// What SQLite's error means for the user.
  init(_ error: DatabaseError, path: String) {
    let cause = "SQLite error \(error.extendedResultCode.rawValue): \(error.message ?? "unknown")"
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        .diskFull,
        "The disk is full; nothing of this step was kept.",
        subject: path,
        cause: cause,
        remedy: "Free some space on the disk and run the command again."
      )
    case .SQLITE_READONLY:
      self.init(
        .readOnly,
        "The database cannot be written.",
        subject: path,
        cause: cause,
        remedy: "Check that you may write to the workspace's folder and its files."
      )
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .noPermission,
        "The database cannot be opened.",
        subject: path,
        cause: cause,
        remedy: "Check that the folder exists and that you may read and write it."
      )
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy,
        "Another program is using the database.",
        subject: path,
        cause: cause,
        remedy: "Wait until it has finished and run the command again."
      )
    case .SQLITE_CORRUPT:
      self.init(
        .damaged,
        "The database is damaged.",
        subject: path,
        cause: cause,
        remedy: "Restore it from a backup with 'attune restore', or move the folder .attune away "
          + "and run 'attune sync'."
      )
    case .SQLITE_NOTADB:
      self.init(
        .notAStore,
        "The file is not a database of Attune.",
        subject: path,
        cause: cause,
        remedy: "Restore it from a backup with 'attune restore', or move it away and run "
          + "'attune sync'."
      )
    default:
      self.init(
        .inputOutput,
        "The database could not be read or written.",
        subject: path,
        cause: cause,
        remedy: "Run 'attune doctor'; if the disk is sound, run the command again."
      )
    }
  }

  /// What a fault of an index segment means for the user.
  init(_ error: IndexError) {
    let code: Code =
      switch error.code {
      case .missing, .damaged, .unknownFormat, .wrongEmbedder: .damaged
      case .badVector: .badValue
      case .diskFull: .diskFull
      case .inputOutput: .inputOutput
      }
    self.init(
      code,
      error.message,
      subject: error.subject,
      cause: error.cause,
      remedy: error.remedy
    )
  }

  static func notFound(_ path: String) -> StoreError {
    StoreError(
      .missing,
      "There is no store here.",
      subject: path,
      remedy: "Run 'attune init' and 'attune add <folder>' first."
    )
  }

  static func older(_ path: String) -> StoreError {
    StoreError(
      .readOnly,
      "The workspace was made by an older Attune and is open for reading only.",
      subject: path,
      remedy: "Run 'attune sources' once; it brings the workspace up to date."
    )
  }

  static func impossible(_ what: String, path: String) -> StoreError {
    StoreError(
      .damaged,
      "The database holds an impossible value: \(what).",
      subject: path,
      remedy: "Restore it from a backup with 'attune restore', or move the folder .attune away and "
        + "run 'attune sync'."
    )
  }
}
