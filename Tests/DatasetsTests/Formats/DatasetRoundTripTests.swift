import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetRoundTripTests {
  /// What a format has no place for, taken away.
  private static func expressed(_ example: Example, in format: DatasetFormat) -> Example {
    guard format != .attune else { return example }
    var example = example
    example.origin = .imported
    example.distractors = []
    example.split = nil
    switch format {
    case .attune: break
    case .chat, .alpaca, .sharegpt:
      example.passage = nil
      example.source = nil
    case .completion, .squad, .csv, .tsv:
      example.source = example.source.map { .init(place: $0.document, document: $0.document) }
    }
    return example
  }

  @Test(arguments: DatasetFormat.allCases)
  func whatAFormatHoldsComesBack(format: DatasetFormat) throws {
    let folder = try TemporaryDirectory()
    for seed in 1...8 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let examples = (0..<40).map { _ in Self.example(using: &random) }
      let file = folder.url.appendingPathComponent("\(format)-\(seed)")
      let report = try DatasetFile.write(examples, to: file, format: format)
      let omitted = Set(report.omissions.map(\.index))
      #expect(report.writtenCount + omitted.count == examples.count)
      let expected = examples.indices.filter { !omitted.contains($0) }
        .map { Self.expressed(examples[$0], in: format) }
      #expect(!expected.isEmpty)
      let found = try DatasetFile.read(file)
      #expect(found.format == format)
      #expect(found.failures == [])
      if format == .squad {
        // Questions on the same passage come together, so the order may change.
        #expect(Set(found.examples) == Set(expected))
      } else {
        #expect(found.examples == expected)
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func ourLinesAreTheEncodedExamples(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let folder = try TemporaryDirectory()
    let file = folder.url.appendingPathComponent("examples.jsonl")
    let examples = (0..<20).map { _ in Self.example(using: &random) }
    try DatasetFile.write(examples, to: file, format: .attune)
    let lines = try Data(contentsOf: file).split(separator: 0x0A)
    #expect(try lines.map { try JSONDecoder().decode(Example.self, from: $0) } == examples)

    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let encoded = try examples.map { try encoder.encode($0) }.joined(separator: [0x0A])
    #expect(try DatasetFile.read(Data(encoded), name: "x").examples == examples)
  }

  @Test func nothingIsWrittenThatWouldTeachSomethingElse() throws {
    let folder = try TemporaryDirectory()
    let file = folder.url.appendingPathComponent("x")
    let example = Example(
      [
        .init(.user, "a"), .init(.assistant, "b", isLearnt: false), .init(.user, "c"),
        .init(.assistant, "d"),
      ],
      origin: .asked
    )
    for format in [DatasetFormat.alpaca, .csv, .tsv, .squad] {
      let report = try DatasetFile.write([example], to: file, format: format)
      #expect(report.writtenCount == 0)
      #expect(report.omissions.map(\.index) == [0])
    }
    #expect(throws: DatasetError.self) {
      try DatasetFile.write([], to: folder.url.appendingPathComponent("no/x"), format: .chat)
    }
  }

  /// An example of one of the kinds that occur, with text that is hard to write down.
  private static func example(using random: inout SplitMix64) -> Example {
    let words = ["a,b", "\"q\"", "line\nline", "tab\there", "\r\n", "naïve 🙂", "\\u0041", " x "]
    func text() -> String {
      "\(random.text(count: 1 + Int(random.next() % 12))) \(words[Int(random.next() % 8)])"
    }
    let passage = random.next() % 3 == 0 ? nil : text() + "the answer" + text()
    let answer = passage != nil && random.next() % 2 == 0 ? "the answer" : text()
    var messages = [Example.Message(.user, text()), Example.Message(.assistant, answer)]
    if random.next() % 4 == 0 {
      messages.insert(.init(.assistant, text(), isLearnt: random.next() % 2 == 0), at: 0)
      messages.insert(.init(.user, text()), at: 0)
    }
    if random.next() % 8 == 0 { messages.insert(.init(.tool, text()), at: 1) }
    if random.next() % 3 == 0 { messages.insert(.init(.system, text()), at: 0) }
    return Example(
      messages,
      origin: Example.Origin.allCases[Int(random.next() % 4)],
      passage: passage,
      distractors: (0..<Int(random.next() % 3)).map { _ in text() },
      source: random.next() % 3 == 0
        ? nil : .init(place: text(), document: text(), documentHash: passage),
      split: random.next() % 2 == 0 ? nil : .validation
    )
  }
}
