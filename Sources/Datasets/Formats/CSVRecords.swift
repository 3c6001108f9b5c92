/// Cuts delimited text into records and cells (RFC 4180): a quoted cell may hold delimiters, line ends
/// and doubled quotes.
struct CSVRecords {
  /// The most bytes of one record.
  static let recordLimit = 8 << 20

  /// The cells of a record and the line that it begins on.
  struct Record {
    var cells: [String]
    var line: Int
  }

  let delimiter: UInt8

  /// The delimiter that the first line of a file uses most, outside of quotes.
  static func delimiter(ofHeader line: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in line.prefix(while: { $0 != 0x0A }) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    let most = candidates.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
    return most.flatMap { (counts[$0] ?? 0) > 0 ? $0 : nil } ?? UInt8(ascii: ",")
  }

  /// The next record that is not blank; nil at the end of the file.
  ///
  /// - Throws: ``ItemFault`` where quotes are wrong; the line that the record begins on is passed over,
  ///   so that a stray quote costs one line, not the rest of the file.
  func next(_ input: inout InputBytes) throws -> Record? {
    while let byte = try input.byte(at: 0), byte == 0x0A || byte == 0x0D { input.skip(1) }
    guard try input.byte(at: 0) != nil else { return nil }
    let line = input.line
    var cells: [[UInt8]] = []
    var offset = 0
    do {
      while true {
        let (cell, end) = try cell(&input, from: offset)
        cells.append(cell)
        guard let byte = try input.byte(at: end) else {
          offset = end
          break
        }
        offset = end + 1
        if byte != delimiter { break }
      }
      var texts: [String] = []
      for cell in cells {
        guard let text = String(validating: cell, as: UTF8.self) else {
          throw ItemFault("it is not valid UTF-8")
        }
        texts.append(text)
      }
      input.skip(offset)
      return Record(cells: texts, line: line)
    } catch let fault as ItemFault {
      _ = try input.nextLine()
      throw fault
    }
  }

  /// The cell that begins at an offset, and the offset of what ends it: a delimiter, a line end, or the
  /// end of the file.
  private func cell(_ input: inout InputBytes, from start: Int) throws -> (cell: [UInt8], end: Int)
  {
    var cell: [UInt8] = []
    var offset = start
    guard try input.byte(at: offset) == UInt8(ascii: "\"") else {
      while let byte = try input.byte(at: offset), byte != delimiter, byte != 0x0A {
        guard offset < Self.recordLimit else { throw Self.tooLong }
        cell.append(byte)
        offset += 1
      }
      if cell.last == 0x0D, try input.byte(at: offset) != delimiter { cell.removeLast() }
      return (cell, offset)
    }
    offset += 1
    while let byte = try input.byte(at: offset) {
      guard offset < Self.recordLimit else { throw Self.tooLong }
      offset += 1
      guard byte == UInt8(ascii: "\"") else {
        cell.append(byte)
        continue
      }
      switch try input.byte(at: offset) {
      case UInt8(ascii: "\""):
        cell.append(byte)
        offset += 1
      case nil, 0x0A, delimiter: return (cell, offset)
      case 0x0D where try [nil, 0x0A].contains(input.byte(at: offset + 1)):
        return (cell, offset + 1)
      default: throw ItemFault("a quoted cell goes on behind its closing quote")
      }
    }
    throw ItemFault("a quoted cell is not closed")
  }

  private static let tooLong = ItemFault("it is longer than \(recordLimit >> 20) MiB")
}
