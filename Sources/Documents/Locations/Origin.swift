/// A place in an original file or database, in that original's own terms.
public enum Origin: Codable, Hashable, Sendable {
  /// Byte offsets into the file as it lies on disk, half open.
  case bytes(Range<Int>)
  /// A row of a table. `key` is the primary key as text (`"10248"`, composite keys joined by `,`)
  /// or, for files without keys, the record's number counted from 1.
  case row(table: String, key: String)
  /// A JSON pointer (RFC 6901) into a JSON document; for JSON Lines the record number goes in front.
  case pointer(String)
  /// Pages or slides, counted from 1; with the box on the page, where it is one page and known.
  case pages(ClosedRange<Int>, box: PageBox?)
  /// Cells of a spreadsheet.
  case cells(sheet: String, CellRange)
  /// Elements of a structured original without pages: the member of the archive they stand in (such
  /// as `word/document.xml`) and their numbers there in reading order, counted from 1.
  case elements(part: String, ClosedRange<Int>)
}
