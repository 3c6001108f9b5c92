import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetFileTests {
  private static func read(_ text: String, format: DatasetFormat? = nil) throws -> DatasetImport {
    try DatasetFile.read(Data(text.utf8), name: "file", format: format)
  }

  @Test func chatWithPartsAndWeights() throws {
    let found = try Self.read(
      """
      {"messages": [{"role": "developer", "content": "S"}, {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}, {"role": "assistant", "content": "c", "weight": 0}, {"role": "user", "content": "d"}, {"role": "assistant", "content": "e", "weight": 1}]}

      {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}
      {"messages": [{"role": "king", "content": "x"}]}
      {"messages": []}
      {"messages": [{"role": "user", "content": "x"}]}
      {"messages": [{"role": "assistant", "content": "x", "weight": 0.5}]}
      {"messages": [{"role": "assistant", "content": "open
      """
    )
    #expect(found.format == .chat)
    #expect(
      found.examples == [
        Example(
          [
            .init(.system, "S"), .init(.user, "ab"), .init(.assistant, "c", isLearnt: false),
            .init(.user, "d"), .init(.assistant, "e"),
          ],
          origin: .imported
        )
      ]
    )
    #expect(found.failures.map(\.line) == [3, 4, 5, 6, 7, 8])
    #expect(found.failures[0].reason.contains("image_url"))
    #expect(found.failures[1].description == "line 4: message 1: the role \"king\" is unknown")
    #expect(found.failures[5].reason.contains("not closed"))
  }

  @Test func callsOfToolsBecomeText() throws {
    let found = try Self.read(
      """
      {"tools": [{"name": "f"}], "messages": [{"role": "user", "content": "u"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "{}"}}]}, {"role": "tool", "content": "r"}, {"role": "assistant", "content": "a"}]}
      """
    )
    #expect(
      found.examples.first?.messages == [
        .init(.system, "Tools: [{\"name\": \"f\"}]"), .init(.user, "u"),
        .init(.assistant, "{\"name\": \"f\", \"arguments\": \"{}\"}"), .init(.tool, "r"),
        .init(.assistant, "a"),
      ]
    )
  }

  @Test func promptsAndCompletions() throws {
    let found = try Self.read(
      """
      \u{FEFF}{"prompt": "p", "completion": "c"}\r
      {"question": "q", "answer": "a", "context": "the a", "document": "d"}\r
      {"prompt": [{"role": "user", "content": "1"}, {"role": "assistant", "content": "2"}, {"role": "user", "content": "3"}], "completion": [{"role": "assistant", "content": "4"}]}
      {"prompt": "alone"}
      """
    )
    #expect(found.format == .completion)
    #expect(found.examples.map(\.question) == ["p", "q", "3"])
    #expect(found.examples[1].passage == "the a")
    #expect(found.examples[1].source?.document == "d")
    #expect(found.examples[2].messages.map(\.isLearnt) == [false, false, false, true])
    #expect(found.failures.map(\.description) == ["line 4: \"completion\" is missing"])
  }

  @Test func alpacaWithHistoryInAnArrayWithAFault() throws {
    let found = try Self.read(
      """
      [
        {"instruction": "i", "input": "j", "output": "o", "system": "s", "history": [["q", "a"]]},
        {"instruction": "i", "output": 3},
        {"instruction": "i" "output": "o"},
        17,
        {"instruction": "x", "input": null, "output": "y"}
      ]
      """
    )
    #expect(found.format == .alpaca)
    #expect(
      found.examples.first?.messages == [
        .init(.system, "s"), .init(.user, "q"), .init(.assistant, "a"), .init(.user, "i\nj"),
        .init(.assistant, "o"),
      ]
    )
    #expect(found.examples.count == 2)
    #expect(found.failures.map(\.line) == [3, 4, 5])
    #expect(found.failures.map(\.pointer) == ["/1", "/2", "/3"])
  }

  @Test func objectsOverSeveralLinesAreItemsToo() throws {
    let found = try Self.read(
      """
      {
        "prompt": "p",
        "completion": "c"
      }
      {
        "prompt": "q", "completion": "d"
      }
      """
    )
    #expect(found.examples.map(\.answer) == ["c", "d"])
  }

  @Test func squadWithUnanswerableAndBrokenQuestions() throws {
    let found = try Self.read(
      """
      {"version": "2.0", "data": [
       {"title": "T", "paragraphs": [{"context": "It was 1842.", "qas": [
         {"question": "When?", "id": "1", "answers": [{"text": "1842", "answer_start": 7}]},
         {"question": "Why?", "id": "2", "answers": [], "is_impossible": true},
         {"id": "3", "answers": [{"text": "x"}]}]},
         {"qas": []}]},
       {"title": "U"}
      ]}
      """
    )
    #expect(found.format == .squad)
    #expect(
      found.examples == [
        Example(
          question: "When?",
          answer: "1842",
          origin: .imported,
          passage: "It was 1842.",
          source: .init(place: "T", document: "T")
        )
      ]
    )
    #expect(found.unanswerableCount == 1)
    #expect(
      found.failures.map(\.pointer) == [
        "/data/0/paragraphs/0/qas/2", "/data/0/paragraphs/1", "/data/1",
      ]
    )
  }

  @Test func tablesWithQuotesAndOtherColumns() throws {
    let found = try Self.read(
      "\u{FEFF}id;Question;answer\r\n1;\"a;\"\"b\"\"\nc\";d\r\n\r\n2;e\r\n3;f;\r\n4;\"g\"h;i\r\n5;j;k\r\n6;\"l;m\r\n"
    )
    #expect(found.format == .csv)
    #expect(found.examples.map(\.question) == ["a;\"b\"\nc", "j"])
    #expect(found.examples.map(\.answer) == ["d", "k"])
    #expect(found.failures.map(\.line) == [5, 6, 7, 9])
    let tabs = try Self.read("instruction\tinput\toutput\nSum\t1, 2\t3\n")
    #expect(tabs.format == .tsv)
    #expect(tabs.examples.first?.question == "Sum\n1, 2")
  }

  @Test func mixedFormatsNameTheirLines() throws {
    let text = """
      {"prompt": "p", "completion": "c"}
      {"prompt": "p", "completion": "c"}
      {"instruction": "i", "output": "o"}
      {"prompt": "p", "completion": "c"}
      """
    let error = #expect(throws: DatasetError.self) { try Self.read(text) }
    #expect(error?.code == .mixedFormats)
    #expect(error?.cause?.hasPrefix("lines 1–2: prompt and completion; line 3: Alpaca") == true)
    let found = try Self.read(text, format: .completion)
    #expect(found.examples.count == 3)
    #expect(found.failures.map(\.line) == [3])
  }

  @Test func filesThatAreNoDatasets() throws {
    let folder = try TemporaryDirectory()
    func code(_ bytes: Data) -> DatasetError.Code? {
      do {
        _ = try DatasetFile.read(bytes, name: "x")
        return nil
      } catch {
        return (error as? DatasetError)?.code
      }
    }
    #expect(code(Data()) == .empty)
    #expect(code(Data(" \n".utf8)) == .empty)
    #expect(code(Data("plain words\nand more".utf8)) == .unknownFormat)
    #expect(code(Data("[]".utf8)) == .unknownFormat)
    #expect(code(Data("{\"text\": \"x\"}".utf8)) == .unknownFormat)
    #expect(code(Data([0xFF, 0xFE, 0x7B, 0x00])) == .notText)
    #expect(code(Data("[[[[".utf8)) == .unknownFormat)
    #expect(code(Data(String(repeating: "[", count: 100_000).utf8)) == .unknownFormat)
    let missing = #expect(throws: DatasetError.self) {
      try DatasetFile.read(folder.url.appendingPathComponent("none"))
    }
    #expect(missing?.code == .notFound)
    #expect(throws: DatasetError.self) { try DatasetFile.read(folder.url) }
  }

  @Test func deepNestingAndHalfPairsAreFaults() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    let found = try Self.read(
      """
      {"prompt": "p", "completion": "\\ud83d\\ude42"}
      {"prompt": "p", "completion": "c", "x": \(deep)}
      {"prompt": "p", "completion": "\\ud83d"}
      {"prompt": "p", "completion": "\u{1}"}
      """
    )
    #expect(found.examples.map(\.answer) == ["🙂"])
    #expect(found.failures.map(\.line) == [2, 3, 4])
  }

  /// Damaged files of every format: reading ends, and what is not reported is an example.
  @Test(arguments: DatasetFormat.allCases)
  func damagedFilesNeverTrap(format: DatasetFormat) throws {
    let folder = try TemporaryDirectory()
    let file = folder.url.appendingPathComponent("x")
    let examples = (0..<6).map { index in
      Example(
        question: "What is \"\(index)\", then?",
        answer: "number \(index)",
        origin: .imported,
        passage: "It is number \(index).",
        source: .init(place: "p", document: "d\(index / 2)")
      )
    }
    try DatasetFile.write(examples, to: file, format: format)
    let whole = try Data(contentsOf: file)
    let marks = Array("{}[]\",:\\\n\r\t0e-u".utf8)
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = [UInt8](whole)
      for _ in 0...Int(random.next() % 6) where !bytes.isEmpty {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[place] = marks[Int(random.next() % UInt64(marks.count))]
        case 2: bytes.insert(marks[Int(random.next() % UInt64(marks.count))], at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 9)))
        default: bytes.removeSubrange(place...)
        }
      }
      for given in [nil, format, .chat, .csv] {
        do {
          let found = try DatasetFile.read(Data(bytes), name: "x", format: given)
          #expect(found.examples.allSatisfy { $0.answer != nil })
        } catch {
          #expect(error is DatasetError, "\(error)")
        }
      }
    }
  }
}
