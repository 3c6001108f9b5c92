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
    case .pages(let pages, let box):
      let sides = box.map { [$0.left, $0.top, $0.right, $0.bottom] } ?? []
      let text = sides.map { "\($0)" }.joined(separator: " ")
      (kind, a, b) = (3, Self.text(pages).databaseValue, text.databaseValue)
    case .cells(let sheet, let range):
      (kind, a, b) = (4, sheet.databaseValue, range.description.databaseValue)
    case .elements(let part, let numbers):
      (kind, a, b) = (5, part.databaseValue, Self.text(numbers).databaseValue)
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
    case 3:
      guard let pages = String.fromDatabaseValue(a).flatMap(Self.range),
        let sides = String.fromDatabaseValue(b)?.split(separator: " ").map({ Double($0) })
      else { return nil }
      let box = sides.count == 4 ? Self.box(sides) : nil
      return .pages(pages, box: box)
    case 4:
      guard let sheet = String.fromDatabaseValue(a),
        let range = String.fromDatabaseValue(b).flatMap(CellRange.init)
      else { return nil }
      return .cells(sheet: sheet, range)
    case 5:
      guard let part = String.fromDatabaseValue(a),
        let numbers = String.fromDatabaseValue(b).flatMap(Self.range)
      else { return nil }
      return .elements(part: part, numbers)
    default:
      return nil
    }
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound)-\(range.upperBound)"
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }

  private static func box(_ sides: [Double?]) -> PageBox? {
    guard let left = sides[0], let top = sides[1], let right = sides[2], let bottom = sides[3]
    else {
      return nil
    }
    return PageBox(left: left, top: top, right: right, bottom: bottom)
  }
}
