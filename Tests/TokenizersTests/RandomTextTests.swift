import Foundation
import TestSupport
import Testing
import Tokenizers

/// Ids, places and decoded text equal those of the `tokenizers` package on random Unicode texts.
///
/// The texts are made anew; `Scripts/make-token-hashes.py` says how they are hashed.
@Suite struct RandomTextTests {
  private struct Fixture: Decodable {
    struct Shared: Decodable, Sendable, CustomTestStringConvertible {
      var name: String, path: String, seed: UInt64, special: [String], places: Bool
      var hashes: [String]

      var testDescription: String { name }
    }

    struct SentencePiece: Decodable, Sendable, CustomTestStringConvertible {
      var name: String, seed: UInt64, hashes: [String]

      var testDescription: String { name }
    }

    struct Small: Decodable {
      var name: String, seed: UInt64, hashes: [String]
    }

    var block: Int, shared: [Shared], sentencepiece: [SentencePiece], small: [Small]
  }

  private static let file = TestTokenizers.fixtures.appendingPathComponent("token-hashes.json")
  private static let fixture = Result {
    try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  /// All ten thousand texts in the full suite, the first two thousand else.
  private static func blocks(_ hashes: [String]) -> ArraySlice<String> {
    TestLength.isFull ? hashes[...] : hashes.prefix(40)
  }

  private static var shared: [Fixture.Shared] {
    TestTokenizers.hasSharedData ? (try? fixture.get().shared) ?? [] : []
  }

  @Test(
    .enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"),
    arguments: shared
  )
  private func tenThousandTexts(of model: Fixture.Shared) throws {
    let tokenizer = try Tokenizer(
      contentsOf: TestTokenizers.sharedTokenizers.appendingPathComponent(model.path)
    )
    let block = try Self.fixture.get().block
    #expect(model.hashes.count * block == 10_000)
    var texts = try RandomTexts(seed: model.seed, special: model.special)
    for (index, hash) in Self.blocks(model.hashes).enumerated() {
      let batch = (0..<block).map { _ in texts.next() }
      let found = Self.hash(batch, tokenizer, places: model.places)
      #expect(found == hash, "texts from \(index * block) on, first \(batch[0])")
    }
  }

  private static var sentencePiece: [Fixture.SentencePiece] {
    TestTokenizers.hasSharedData ? (try? fixture.get().sentencepiece) ?? [] : []
  }

  /// SentencePiece's own ids, from a `tokenizer.model` and from a GGUF vocabulary.
  @Test(
    .enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"),
    arguments: sentencePiece
  )
  private func tenThousandTextsOfSentencePiece(_ model: Fixture.SentencePiece) throws {
    let vocabulary = try model.name == "t5" ? SharedVocabularies.t5() : SharedVocabularies.llama()
    let tokenizers = [
      try TestTokenizers.fromFiles(["tokenizer.model": vocabulary.sentencePieceFile()]),
      try Tokenizer(ggufVocabulary: vocabulary),
    ]
    let block = try Self.fixture.get().block
    var texts = try RandomTexts(seed: model.seed, special: [])
    for (index, hash) in Self.blocks(model.hashes).enumerated() {
      let batch = (0..<block).map { _ in texts.next() }
      for tokenizer in tokenizers {
        let found = Self.hash(batch) { text, add in
          let ids = tokenizer.ids(
            of: text,
            addSpecialTokens: false,
            recognizesSpecialTokens: false
          )
          for id in ids { add(UInt32(bitPattern: id)) }
        }
        #expect(found == hash, "texts from \(index * block) on, first \(batch[0])")
      }
    }
  }

  /// One component each, in tokenizers that need no vocabulary.
  @Test func componentsOfTokenizerFiles() throws {
    let fixture = try Self.fixture.get()
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: Self.file)) as? [String: Any]
    )
    let descriptions = try #require(document["small"] as? [[String: Any]])
    #expect(fixture.small.count == descriptions.count)
    for (component, description) in zip(fixture.small, descriptions) {
      let file = try JSONSerialization.data(
        withJSONObject: try #require(description["tokenizer"])
      )
      let tokenizer = try TestTokenizers.fromFiles(["tokenizer.json": file])
      var texts = try RandomTexts(seed: component.seed, special: [])
      for (index, hash) in component.hashes.enumerated() {
        let batch = (0..<fixture.block).map { _ in texts.next() }
        let found = Self.hash(batch, tokenizer, places: true)
        #expect(found == hash, "\(component.name): texts from \(index * fixture.block) on")
      }
    }
  }

  private static func hash(_ texts: [String], _ tokenizer: Tokenizer, places: Bool) -> String {
    hash(texts) { text, add in
      let encoding = tokenizer.encode(text)
      for id in encoding.ids { add(UInt32(bitPattern: id)) }
      add(.max)
      if places {
        for place in encoding.offsets {
          add(UInt32(place.lowerBound))
          add(UInt32(place.upperBound))
        }
      }
      add(.max)
      let decoded = tokenizer.decode(encoding.ids)
      for scalar in decoded.unicodeScalars { add(scalar.value) }
      #expect(tokenizer.ids(of: text) == encoding.ids)
      var stream = tokenizer.makeStreamDecoder()
      let pieces = encoding.ids.map { stream.push($0) }.joined() + stream.finish()
      #expect(pieces.unicodeScalars.elementsEqual(decoded.unicodeScalars))
    }
  }

  /// FNV-1a over numbers instead of bytes; `body` adds those of one text.
  private static func hash(
    _ texts: [String],
    _ body: (_ text: String, _ add: (UInt32) -> Void) -> Void
  ) -> String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ number: UInt32) { value = (value ^ UInt64(number)) &* 0x100_0000_01B3 }
    for text in texts {
      body(text, add)
      add(.max)
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
