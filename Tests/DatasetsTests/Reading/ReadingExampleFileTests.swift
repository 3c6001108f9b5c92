import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ReadingExampleFileTests {
  private let examples = [
    ReadingExample(
      question: "Who said “né”?",
      passage: "Ça, said Zoë \u{1F600}\nand left.",
      answer: "Zoë",
      start: 9,
      kind: "qed",
      source: "qed:A/B"
    ),
    ReadingExample(question: "When?", passage: "Nothing here.", kind: "mismatch", source: "x"),
    ReadingExample(question: "What is closed?", answer: "a book", kind: "closed", source: "y"),
  ]

  @Test func whatIsWrittenIsReadAgain() throws {
    let folder = try TemporaryDirectory()
    let url = folder.url.appending(path: "examples.jsonl")
    try ReadingExampleFile.write(examples, to: url)
    #expect(try ReadingExampleFile.read(url) == examples)
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == examples.count)
    #expect(!lines[1].contains("answer") && !lines[1].contains("start"))
  }

  @Test(arguments: [
    ("{\"question\": \"Q?\"}", "“kind”"), ("[1]", "an array"), ("{\"question\": 3}", "“question”"),
    ("{\"question\": \"Q?\", \"start\": 1.5, \"kind\": \"k\", \"source\": \"s\"}", "“start”"),
    (
      "{\"question\": \"Q?\", \"passage\": \"abc\", \"answer\": \"c\", \"start\": 1, "
        + "\"kind\": \"k\", \"source\": \"s\"}",
      "does not stand"
    ), ("{", "JSON"),
  ]) func aWrongLineIsNamed(line: String, reason: String) throws {
    let folder = try TemporaryDirectory()
    let good = "{\"question\": \"Q?\", \"kind\": \"k\", \"source\": \"s\"}"
    let url = try folder.write("\(good)\n\n\(line)\n", to: "examples.jsonl")
    let error = #expect(throws: DatasetError.self) { try ReadingExampleFile.read(url) }
    #expect(error?.code == .malformed)
    #expect(error?.subject.hasSuffix("examples.jsonl, line 3") == true)
    #expect(error?.message.contains(reason) == true)
  }

  @Test func aFileThatIsNotThereIsAnError() throws {
    let folder = try TemporaryDirectory()
    let url = folder.url.appending(path: "none.jsonl")
    let error = #expect(throws: DatasetError.self) { try ReadingExampleFile.read(url) }
    #expect(error?.code == .notFound)
    let place = folder.url.appending(path: "no/such/folder.jsonl")
    let writing = #expect(throws: DatasetError.self) {
      try ReadingExampleFile.write(examples, to: place)
    }
    #expect(writing?.code == .unwritable)
  }
}
