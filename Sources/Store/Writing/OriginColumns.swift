import Documents
import GRDB

/// A location's origin as three columns.
struct OriginColumns {
  var kind: Int
  var a: DatabaseValue
  var b: DatabaseValue

  init(_ origin: Origin) {
    switch origin {
    case .bytes(let range):
      (kind, a, b) = (0, range.lowerBound.databaseValue, range.upperBound.databaseValue)
    case .row(let table, let key):
      (kind, a, b) = (1, table.databaseValue, key.databaseValue)
    case .pointer(let pointer):
      (kind, a, b) = (2, pointer.databaseValue, "".databaseValue)
    }
  }

  init(kind: Int, a: DatabaseValue, b: DatabaseValue) {
    self.kind = kind
    self.a = a
    self.b = b
  }

  /// The origin, or nil where the columns do not hold one.
  var origin: Origin? {
    switch kind {
    case 0:
      guard let first = Int.fromDatabaseValue(a), let past = Int.fromDatabaseValue(b),
        first <= past
      else { return nil }
      return .bytes(first..<past)
    case 1:
      guard let table = String.fromDatabaseValue(a), let key = String.fromDatabaseValue(b) else {
        return nil
      }
      return .row(table: table, key: key)
    case 2:
      return String.fromDatabaseValue(a).map(Origin.pointer)
    default:
      return nil
    }
  }
}
