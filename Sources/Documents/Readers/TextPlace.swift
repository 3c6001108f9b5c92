/// A line and a column of a text, counted from 1; columns count bytes.
struct TextPlace: CustomStringConvertible {
  var line: Int
  var column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(offset: Int, in bytes: some RandomAccessCollection<UInt8>) {
    let before = bytes.prefix(max(0, offset))
    line = before.count { $0 == 0x0A } + 1
    column = before.reversed().prefix { $0 != 0x0A }.count + 1
  }

  var description: String { "line \(line), column \(column)" }
}
