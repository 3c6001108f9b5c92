/// How a delimited file is written: its delimiter, and whether the first record names the columns.
struct CSVDialect {
  var delimiter: UInt8
  var hasHeader: Bool

  /// Looks at the first records under each delimiter; the one that cuts most of them into the same
  /// number of cells wins.
  static func detect(_ bytes: [UInt8], preferred: UInt8) -> CSVDialect {
    var best: (score: Double, delimiter: UInt8, records: [[String]])?
    let candidates = [preferred] + ",;\t|".utf8.filter { $0 != preferred }
    for delimiter in candidates {
      let records = sample(bytes, delimiter)
      var widths: [Int: Int] = [:]
      for record in records { widths[record.count, default: 0] += 1 }
      guard let common = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        continue
      }
      let share = Double(common.value) / Double(max(1, records.count))
      let score = common.key > 1 ? share + 0.01 * Double(min(common.key, 20)) : 0
      if best.map({ score > $0.score }) ?? true { best = (score, delimiter, records) }
    }
    guard let best else { return CSVDialect(delimiter: preferred, hasHeader: true) }
    return CSVDialect(delimiter: best.delimiter, hasHeader: hasHeader(best.records))
  }

  private static func sample(_ bytes: [UInt8], _ delimiter: UInt8) -> [[String]] {
    var parser = CSVParser(bytes, delimiter: delimiter, limit: 64 << 10)
    var records: [[String]] = []
    while records.count < 50, let record = parser.next() { records.append(record.cells) }
    // The last record may have been cut by the limit.
    if bytes.count > 64 << 10, records.count > 1, records.count < 50 { records.removeLast() }
    return records
  }

  /// A header has no numeric cells, and no empty or repeated ones over plain words; years after a first name are let pass
  /// (`country, 2019, 2020`).
  private static func hasHeader(_ records: [[String]]) -> Bool {
    guard let first = records.first, records.count > 1 else { return false }
    var names = first.map { $0.trimmed }
    while names.last == "" { names.removeLast() }
    guard !names.isEmpty else { return false }
    // Repeated or missing names pass where numbers stand below them.
    let isClean = Set(names).count == names.count && !names.dropFirst().contains("")
    let isOverData = records.dropFirst().contains { $0.contains(where: looksLikeData) }
    let numbers = names.filter(looksLikeData)
    if numbers.isEmpty { return isClean || isOverData }
    let years = names.dropFirst().allSatisfy { $0.count == 4 && $0.utf8.allSatisfy(\.isDigit) }
    return years && names.count > 2 && !looksLikeData(names[0])
  }

  /// Numbers, money, dates, addresses: what stands in records rather than over them.
  private static func looksLikeData(_ cell: String) -> Bool {
    guard cell.utf8.contains(where: \.isDigit) else { return cell.contains("@") }
    return cell.unicodeScalars.allSatisfy { scalar in
      scalar.value < 0x80
        ? UInt8(scalar.value).isDigit || "+-.,/:% TZe$".unicodeScalars.contains(scalar)
        : "€£¥\u{A0}".unicodeScalars.contains(scalar)
    }
  }
}

extension String {
  /// Without ASCII white space at both ends.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last, first.isWhitespace || last.isWhitespace
    else { return self }
    return Array(utf8)[...].trimmingWhitespace().string
  }
}
