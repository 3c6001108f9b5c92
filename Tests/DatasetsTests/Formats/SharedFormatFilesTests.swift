import Datasets
import Foundation
import TestSupport
import Testing

/// Public files as people have them; the figures were counted with Python's `json`.
@Suite(.enabled(if: SharedData.holds("finetuning/formats/data"), "needs the shared data"))
struct SharedFormatFilesTests {
  private static func read(_ name: String) throws -> DatasetImport {
    try DatasetFile.read(SharedData.url("finetuning/formats/data/\(name)"))
  }

  @Test func alpaca() throws {
    let found = try Self.read("alpaca_en_demo.json")
    #expect(found.format == .alpaca)
    #expect(found.examples.count == 999)
    #expect(found.failureCount == 0)
    let scalars = found.examples.reduce(0) { $0 + ($1.answer?.unicodeScalars.count ?? 0) }
    #expect(scalars == 701_335)
    #expect(found.examples.count { $0.question?.contains("\n") == true } >= 412)
  }

  @Test func identity() throws {
    let found = try Self.read("identity.json")
    #expect(found.format == .alpaca)
    #expect(found.examples.count == 91)
    #expect(found.examples.first?.question == "hi")
  }

  @Test func callsOfTools() throws {
    let found = try Self.read("glaive_toolcall_en_demo.json")
    #expect(found.format == .sharegpt)
    #expect(found.examples.count == 300)
    #expect(found.failureCount == 0)
    let messages = found.examples.flatMap(\.messages)
    #expect(messages.count { $0.role == .user } == 746)
    #expect(messages.count { $0.role == .assistant } == 746 + 211)
    #expect(messages.count { $0.role == .tool } == 211)
  }

  @Test(arguments: ["dpo_en_demo.json", "kto_en_demo.json"])
  func preferencesAreNotImitated(name: String) throws {
    let url = try SharedData.url("finetuning/formats/data/\(name)")
    let found = try DatasetFile.read(url)
    #expect(found.examples.count == (name == "kto_en_demo.json" ? 150 : 0))
    #expect(found.failureCount == 300 - found.examples.count)
  }

  @Test func plainTextIsNoExample() throws {
    let error = #expect(throws: DatasetError.self) { try Self.read("c4_demo.jsonl") }
    #expect(error?.code == .unknownFormat)
    #expect(error?.cause?.contains("\"text\"") == true)
    #expect(throws: DatasetError.self) { try Self.read("wiki_demo.txt") }
  }

  @Test(.enabled(if: SharedData.holds("qa/xquad"), "needs the shared data"))
  func questionsOnPassages() throws {
    for language in ["en", "es", "vi", "zh"] {
      let found = try DatasetFile.read(SharedData.url("qa/xquad/xquad.\(language).json"))
      #expect(found.format == .squad)
      #expect(found.examples.count == 1_190)
      #expect(found.failureCount == 0)
      #expect(found.examples.allSatisfy { $0.passage?.contains($0.answer ?? "?") == true })
      #expect(Set(found.examples.compactMap { $0.source?.document }).count == 48)
    }
  }
}
