/// Takes the cells of a worksheet as the parser comes upon them.
final class SheetCollector: XMLConsumer {
  private(set) var sheet: Sheet
  /// The part with the sheet's drawings, by its identifier.
  private(set) var drawing: String?
  private(set) var formulasWithoutValue = 0
  private let strings: [String]
  private let styles: ExcelStyles
  private let dates: SerialDate
  private var row = 0
  private var column = 0
  private var type = ""
  private var style: Int?
  private var value: [UInt8] = []
  private var inline: [UInt8] = []
  private var hasFormula = false
  private var target = Target.nothing
  /// How words are spoken stands beside them and is not read.
  private var isPhonetic = false

  private enum Target { case nothing, value, inline }

  init(name: String, strings: [String], styles: ExcelStyles, dates: SerialDate) {
    sheet = Sheet(name: name)
    self.strings = strings
    self.styles = styles
    self.dates = dates
  }

  var isFull: Bool { sheet.cells.count >= Sheet.maximumCells }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "x:row":
      row = min(attributes.int("r") ?? row + 1, Sheet.maximumRow + 1)
      column = 0
    case "x:c": startCell(attributes)
    case "x:v": target = .value
    case "x:t": target = isPhonetic ? .nothing : .inline
    case "x:rPh": isPhonetic = true
    case "x:f": hasFormula = true
    case "x:mergeCell":
      if sheet.merges.count < 100_000, let range = attributes["ref"].flatMap({ CellRange($0) }),
        range.rows.upperBound <= Sheet.maximumRow, range.columns.upperBound <= Sheet.maximumColumn
      {
        sheet.merges.append(range)
      }
    case "x:drawing": drawing = attributes["r:id"]
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "x:v", "x:t": target = .nothing
    case "x:rPh": isPhonetic = false
    case "x:c": endCell()
    default: break
    }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) {
    switch target {
    case .nothing: break
    case .value: value.append(contentsOf: text)
    case .inline: inline.append(contentsOf: text)
    }
  }

  private func startCell(_ attributes: XMLAttributes) {
    if let place = attributes["r"].flatMap(Self.place) {
      (row, column) = place
    } else {
      column += 1
    }
    type = attributes["t"] ?? "n"
    style = attributes.int("s")
    value.removeAll(keepingCapacity: true)
    inline.removeAll(keepingCapacity: true)
    hasFormula = false
  }

  /// The row and column of an address such as `B7`; one outside the sheet where it is too large.
  private static func place(_ address: String) -> (row: Int, column: Int)? {
    var (row, column) = (0, 0)
    for byte in address.utf8 {
      if byte.isLetter, row == 0 {
        column = min(column * 26 + Int(byte & 0x1F), Sheet.maximumColumn + 1)
      } else if byte.isDigit, column > 0 {
        row = min(row * 10 + Int(byte - 0x30), Sheet.maximumRow + 1)
      } else {
        return nil
      }
    }
    return row > 0 && column > 0 ? (row, column) : nil
  }

  private func endCell() {
    target = .nothing
    guard (1...Sheet.maximumRow).contains(row), (1...Sheet.maximumColumn).contains(column) else {
      return
    }
    let raw = String(decoding: value, as: UTF8.self)
    if hasFormula, raw.isEmpty, inline.isEmpty, type != "str" { formulasWithoutValue += 1 }
    let (text, isText) = shown(raw)
    let words = text.withoutHardSpaces.trimmed
    guard !words.isEmpty else { return }
    sheet.cells.append(
      SheetCell(row: row, column: column, text: SheetCell.fitting(words), isText: isText)
    )
  }

  /// What a person sees in the cell.
  private func shown(_ raw: String) -> (text: String, isText: Bool) {
    switch type {
    case "s":
      let index = Int(raw.trimmed) ?? -1
      return (strings.indices.contains(index) ? strings[index] : "", true)
    case "str": return (raw, true)
    case "inlineStr": return (String(decoding: inline, as: UTF8.self), true)
    case "b": return (raw.trimmed == "1" || raw == "true" ? "TRUE" : "FALSE", false)
    case "e", "d": return (raw, false)
    default: return (number(raw.trimmed), false)
    }
  }

  private func number(_ raw: String) -> String {
    guard let value = Double(raw), value.isFinite else { return raw }
    switch styles.shape(style) {
    case .number: return NumberText.write(value)
    case .percent(let digits): return NumberText.write(value * 100, digits: digits) + "%"
    case let shape: return dates.write(value, as: shape) ?? NumberText.write(value)
    }
  }
}
