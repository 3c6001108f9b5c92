/// Cuts delimited text into records and cells (RFC 4180, with the liberties that real files take).
///
/// A quoted cell may hold delimiters, line ends and doubled quotes. A quote that is never closed is
/// taken literally, so that it cannot swallow the rest of the file.
struct CSVParser {
  struct Record {
    var cells: [String] = []
    var bytes: Range<Int>
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  /// Set once quotes have turned out not to pair up; from then on they are ordinary characters.
  private var quotesAreLiteral = false
  private var failedQuotes = 0
  /// Numbers (from 1, blank lines not counted) of the records where a quote was never closed.
  private(set) var recordsWithOpenQuotes: [Int] = []
  private var produced = 0

  init(_ bytes: [UInt8], delimiter: UInt8, limit: Int = .max) {
    self.bytes = limit < bytes.count ? Array(bytes[..<limit]) : bytes
    self.delimiter = delimiter
  }

  /// The next record that is not blank, or nil at the end.
  mutating func next() -> Record? {
    while position < bytes.count {
      let start = position
      var cells: [String] = []
      var isEnd = false
      while !isEnd {
        cells.append(cell())
        isEnd = position >= bytes.count || bytes[position] != delimiter
        if !isEnd { position += 1 }
      }
      let end = position
      skipLineEnd()
      if cells.count == 1, cells[0].utf8.allSatisfy(\.isWhitespace) { continue }
      produced += 1
      return Record(cells: cells, bytes: start..<end)
    }
    return nil
  }

  private mutating func cell() -> String {
    if !quotesAreLiteral, position < bytes.count, bytes[position] == UInt8(ascii: "\""),
      let quoted = quotedCell()
    {
      return quoted
    }
    let start = position
    while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
      position += 1
    }
    return bytes[start..<position].string
  }

  private mutating func quotedCell() -> String? {
    var content: [UInt8] = []
    var cursor = position + 1
    while cursor < bytes.count {
      if bytes[cursor] != UInt8(ascii: "\"") {
        content.append(bytes[cursor])
        cursor += 1
      } else if cursor + 1 < bytes.count, bytes[cursor + 1] == UInt8(ascii: "\"") {
        content.append(bytes[cursor])
        cursor += 2
      } else {
        position = cursor + 1
        // Text between the closing quote and the delimiter belongs to the cell all the same.
        while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
          content.append(bytes[position])
          position += 1
        }
        return content[...].string
      }
    }
    recordsWithOpenQuotes.append(produced + 1)
    failedQuotes += 1
    if failedQuotes >= 8 { quotesAreLiteral = true }
    return nil
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    if bytes[position] == 0x0D { position += 1 }
    if position < bytes.count, bytes[position] == 0x0A { position += 1 }
  }
}
