/// Puts a file of examples together.
struct DatasetWriter {
  private let format: DatasetFormat
  private var bytes: [UInt8] = []
  private var report = DatasetExport()
  /// For SQuAD: the articles in the order of their titles' first appearance.
  private var articles: [(title: String, paragraphs: [(context: String, qas: [JSONValue])])] = []
  private var places: [String: (article: Int, paragraphs: [String: Int])] = [:]

  init(format: DatasetFormat) {
    self.format = format
    if format == .csv || format == .tsv { add(record: CSVColumns.written) }
  }

  mutating func add(_ example: Example, index: Int) {
    do throws(ItemFault) {
      switch format {
      case .attune: add(item: AttuneItem.item(example))
      case .chat: add(item: ChatItem.item(example))
      case .completion: add(item: try CompletionItem.item(example))
      case .alpaca: add(item: try AlpacaItem.item(example))
      case .sharegpt: add(item: ShareGPTItem.item(example))
      case .squad: try add(question: example)
      case .csv, .tsv: add(record: try CSVColumns.cells(example))
      }
      report.writtenCount += 1
    } catch {
      report.omissions.append(.init(index: index, reason: error.reason))
    }
  }

  mutating func finish() -> (bytes: [UInt8], report: DatasetExport) {
    switch format {
    case .alpaca, .sharegpt:
      bytes += (report.writtenCount == 0 ? "[]\n" : "\n]\n").utf8
    case .squad:
      let data = articles.map { article in
        JSONValue.object([
          .init("title", .string(article.title)),
          .init(
            "paragraphs",
            .array(
              article.paragraphs.map {
                .object([.init("context", .string($0.context)), .init("qas", .array($0.qas))])
              }
            )
          ),
        ])
      }
      JSONText.write(
        .object([.init("version", .string("1.1")), .init("data", .array(data))]),
        to: &bytes
      )
      bytes.append(0x0A)
    case .attune, .chat, .completion, .csv, .tsv: break
    }
    return (bytes, report)
  }

  private mutating func add(item: JSONValue) {
    if format == .alpaca || format == .sharegpt {
      bytes += (report.writtenCount == 0 ? "[\n" : ",\n").utf8
      JSONText.write(item, to: &bytes)
    } else {
      JSONText.write(item, to: &bytes)
      bytes.append(0x0A)
    }
  }

  private mutating func add(record: [String]) {
    let delimiter = format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    for (index, cell) in record.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      let isPlain = cell.utf8.allSatisfy {
        $0 != delimiter && $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != 0x0D
      }
      if isPlain {
        bytes += cell.utf8
      } else {
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
          if byte == UInt8(ascii: "\"") { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
      }
    }
    // RFC 4180 ends records with CRLF; every reader takes a bare line feed too.
    bytes.append(0x0A)
  }

  private mutating func add(question example: Example) throws(ItemFault) {
    let (question, answer, start, passage) = try SQuADItem.parts(example)
    let title = example.source?.document ?? ""
    let item = JSONValue.object([
      .init("id", .string(example.identifier)),
      .init("question", .string(question)),
      .init(
        "answers",
        .array([
          .object([
            .init("text", .string(answer)), .init("answer_start", .number("\(start)")),
          ])
        ])
      ),
    ])
    var place = places[title] ?? (articles.count, [:])
    if place.article == articles.count { articles.append((title, [])) }
    if let paragraph = place.paragraphs[passage] {
      articles[place.article].paragraphs[paragraph].qas.append(item)
    } else {
      place.paragraphs[passage] = articles[place.article].paragraphs.count
      articles[place.article].paragraphs.append((passage, [item]))
    }
    places[title] = place
  }
}
