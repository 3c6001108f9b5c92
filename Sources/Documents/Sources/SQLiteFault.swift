import Foundation
import GRDB

/// What SQLite's errors mean to the user.
enum SQLiteFault {
  static func documentError(_ error: any Error, subject: String) -> DocumentError {
    if let error = error as? DocumentError { return error }
    guard let error = error as? DatabaseError else {
      return DocumentError(
        .inputOutput,
        "\(subject) cannot be read",
        subject: subject,
        cause: "\(error)",
        remedy: "Check the file, then sync again."
      )
    }
    let cause = error.message
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return DocumentError(
        .locked,
        "\(subject) is locked by another program",
        subject: subject,
        cause: cause,
        remedy: "Close the program that writes to it, then sync again."
      )
    case .SQLITE_NOTADB:
      return DocumentError(
        .corrupt,
        "\(subject) is not a database: damaged or encrypted",
        subject: subject,
        cause: cause,
        remedy: "Restore it from a backup, or save it without encryption."
      )
    case .SQLITE_CORRUPT:
      return DocumentError(
        .corrupt,
        "\(subject) is damaged",
        subject: subject,
        cause: cause,
        remedy: "Restore it from a backup, or recover it with `sqlite3 FILE .recover`."
      )
    case .SQLITE_PERM, .SQLITE_AUTH: return .forbidden(subject, cause: cause)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY:
      return DocumentError(
        .inputOutput,
        "\(subject) cannot be opened",
        subject: subject,
        cause: cause,
        remedy: "Check its permissions; a database in WAL mode also needs its folder writable."
      )
    case .SQLITE_TOOBIG, .SQLITE_NOMEM:
      return DocumentError(
        .tooLarge,
        "\(subject) holds a value too large to read",
        subject: subject,
        cause: cause,
        remedy: "Leave the table out, or shorten the value."
      )
    case .SQLITE_ERROR:
      return DocumentError(
        .malformed,
        "\(subject) cannot be queried",
        subject: subject,
        cause: cause,
        remedy: "Open the database with `sqlite3` and check the table's definition."
      )
    default:
      return DocumentError(
        .inputOutput,
        "\(subject) cannot be read",
        subject: subject,
        cause: cause,
        remedy: "Check the disk it is on, then sync again."
      )
    }
  }

  /// A file that is named like a database and does not begin like one.
  static func notADatabase(_ path: String, header: [UInt8]) -> DocumentError {
    if case .unreadable(let name) = FormatDetector.format(ofContent: header[...]) {
      return .unreadable(name, path: path)
    }
    if looksEncrypted(header) {
      return DocumentError(
        .encrypted,
        "\(path) is an encrypted or damaged database",
        subject: path,
        cause: "its first bytes are not SQLite's",
        remedy: "Save a copy without encryption for Attune to read."
      )
    }
    return DocumentError(
      .corrupt,
      "\(path) is not a SQLite database",
      subject: path,
      cause: "its first bytes are not SQLite's",
      remedy: "Restore it from a backup, or leave it out."
    )
  }

  /// Encrypted pages use all byte values about equally often.
  private static func looksEncrypted(_ header: [UInt8]) -> Bool {
    guard header.count >= 512 else { return false }
    var counts = [Int](repeating: 0, count: 256)
    for byte in header { counts[Int(byte)] += 1 }
    let entropy = counts.reduce(0.0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / Double(header.count)
      return sum - share * log2(share)
    }
    return entropy > 7.2
  }
}
