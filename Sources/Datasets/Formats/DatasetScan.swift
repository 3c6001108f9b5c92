import Foundation

/// Goes through a file from its first item to its last.
struct DatasetScan {
  private var input: InputBytes
  private let name: String
  private let given: DatasetFormat?
  /// The lines of each format that items were found in, in ranges.
  private var found: [(format: DatasetFormat, lines: ClosedRange<Int>)] = []
  private(set) var result: DatasetImport
  private let take: (Example) throws -> Void

  init(
    _ input: InputBytes,
    name: String,
    format: DatasetFormat?,
    take: @escaping (Example) throws -> Void
  ) {
    self.input = input
    self.name = name
    given = format
    self.take = take
    result = DatasetImport(format: format ?? .attune)
  }

  /// Reads all items.
  ///
  /// - Throws: ``DatasetError`` where the file as a whole is in no format, or in several.
  mutating func run() throws {
    try skipByteOrderMark()
    if given == .csv || given == .tsv { return try records() }
    try input.skipSpace()
    switch try input.byte(at: 0) {
    case nil:
      throw DatasetError(
        .empty,
        "The file holds no items.",
        subject: name,
        remedy: "Choose a file with examples."
      )
    case UInt8(ascii: "["):
      input.skip(1)
      try elements(isArray: true, prefix: "")
    case UInt8(ascii: "{"):
      let head = try input.peek(1 << 20)
      if given ?? .squad == .squad, let start = JSONElements.dataArray(head) {
        result.format = .squad
        input.skip(start)
        try articles()
      } else if try isSpreadOverLines(head) {
        try elements(isArray: false, prefix: "")
      } else {
        try lines()
      }
    default:
      if given == nil { try records() } else { try lines() }
    }
    try checkFormats()
  }

  private mutating func skipByteOrderMark() throws {
    let head = try Array(input.peek(4))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      input.skip(3)
    } else if head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE]) || head.contains(0)
    {
      throw DatasetError(
        .notText,
        "The file is not UTF-8 text.",
        subject: name,
        remedy: "Save it as UTF-8; examples are read from JSON, JSON lines, CSV and TSV."
      )
    }
  }

  /// Whether the first value goes over several lines and is valid, so that lines are no items.
  private mutating func isSpreadOverLines(_ head: ArraySlice<UInt8>) throws -> Bool {
    let line = head.prefix { $0 != 0x0A }
    guard line.count < head.count, (try? JSONParser.parse(line)) == nil,
      let length = try JSONElements.length(&input), length > line.count
    else { return false }
    return (try? JSONParser.parse(input.peek(length))) != nil
  }

  // MARK: Items

  private mutating func lines() throws {
    while true {
      let line = input.line
      do {
        guard let bytes = try input.nextLine() else { return }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        try item(bytes, line: line, pointer: nil)
      } catch let fault as ItemFault {
        fail(line, nil, fault.reason)
      }
    }
  }

  private mutating func elements(isArray: Bool, prefix: String) throws {
    var elements = JSONElements(ofArray: isArray)
    var index = 0
    while true {
      let pointer = isArray ? "\(prefix)/\(index)" : nil
      do {
        guard let element = try elements.next(&input) else { break }
        index += 1
        do {
          try item(element.bytes, line: element.line, pointer: pointer)
        } catch let fault as ItemFault {
          fail(element.line, pointer, fault.reason)
        }
      } catch let fault as ItemFault {
        fail(input.line, pointer, fault.reason)
      }
    }
    try input.skipSpace()
    if try input.byte(at: 0) != nil { fail(input.line, nil, "there is more behind the array") }
  }

  private mutating func articles() throws {
    var elements = JSONElements(ofArray: true)
    var index = 0
    while true {
      let pointer = "/data/\(index)"
      let line = input.line
      do {
        guard let element = try elements.next(&input) else { return }
        index += 1
        let article = try SQuADItem.article(JSONParser.parse(element.bytes))
        result.unanswerableCount += article.unanswerableCount
        for example in article.examples { try take(example) }
        for (below, fault) in article.faults { fail(element.line, pointer + below, fault.reason) }
      } catch let fault as ItemFault {
        fail(line, pointer, fault.reason)
      }
    }
  }

  private mutating func records() throws {
    let head = try input.peek(1 << 16)
    let reader = CSVRecords(
      delimiter: given == .tsv ? UInt8(ascii: "\t") : CSVRecords.delimiter(ofHeader: head)
    )
    let header = try? reader.next(&input)
    guard let header, let columns = CSVColumns(header: header.cells) else {
      throw DatasetError(
        .unknownFormat,
        given == nil
          ? "The file is neither JSON nor a table with a header that names questions and answers."
          : "The first line does not name one column of questions and one of answers.",
        subject: name,
        remedy:
          "Name the columns question and answer, prompt and completion, or instruction and output."
      )
    }
    result.format = reader.delimiter == UInt8(ascii: "\t") ? .tsv : .csv
    while true {
      let line = input.line
      do {
        guard let record = try reader.next(&input) else { return }
        do {
          try take(columns.example(record.cells))
        } catch let fault as ItemFault {
          fail(record.line, nil, fault.reason)
        }
      } catch let fault as ItemFault {
        fail(line, nil, fault.reason)
      }
    }
  }

  private mutating func item(_ bytes: [UInt8], line: Int, pointer: String?) throws {
    let value = try JSONParser.parse(bytes)
    guard let format = given else {
      guard let format = DatasetFormat.ofItem(value) else {
        throw ItemFault(Self.unknown(value))
      }
      note(format, line)
      return try take(ItemReader.example(value, as: format))
    }
    try take(ItemReader.example(value, as: format))
  }

  private static func unknown(_ value: JSONValue) -> String {
    guard case .object(let members) = value else {
      return "it is \(value.kind), and an item must be an object"
    }
    let names = members.prefix(6).map { "\"\($0.key.prefix(40))\"" }.joined(separator: ", ")
    return "it has \(names.isEmpty ? "no members" : names), which is no known kind of example"
  }

  private mutating func fail(_ line: Int, _ pointer: String?, _ reason: String) {
    result.failureCount += 1
    if result.failures.count < DatasetImport.keptFailures {
      result.failures.append(.init(line: line, pointer: pointer, reason: reason))
    }
  }

  // MARK: The format of the whole

  private mutating func note(_ format: DatasetFormat, _ line: Int) {
    if let last = found.last, last.format == format {
      found[found.count - 1].lines = last.lines.lowerBound...max(line, last.lines.upperBound)
    } else if found.count < 1_000 {
      found.append((format, line...line))
    }
  }

  private mutating func checkFormats() throws {
    guard given == nil, result.format == .attune else { return }
    guard let first = found.first else {
      if result.unanswerableCount > 0 { return }
      throw DatasetError(
        .unknownFormat,
        "No item of the file is in a known format.",
        subject: name,
        cause: result.failures.first?.description,
        remedy: "Known are \(DatasetFormat.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    guard found.allSatisfy({ $0.format == first.format }) else {
      throw DatasetError(
        .mixedFormats,
        "The file mixes items of several formats.",
        subject: name,
        cause: found.prefix(20).map(Self.words).joined(separator: "; ")
          + (found.count > 20 ? "; and so on" : ""),
        remedy:
          "Divide it into one file per format, or name the format to take and leave out the rest."
      )
    }
    result.format = first.format
  }

  private static func words(_ entry: (format: DatasetFormat, lines: ClosedRange<Int>)) -> String {
    let (low, high) = (entry.lines.lowerBound, entry.lines.upperBound)
    return (low == high ? "line \(low)" : "lines \(low)–\(high)") + ": \(entry.format.shape)"
  }
}
