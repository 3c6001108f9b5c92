import Foundation
import Testing
import Tokenizers

/// Ids and offsets equal those of the `tokenizers` package on random Unicode strings.
@Suite struct UnicodeStringTests {
  @Test func randomStringsEncodeAsInTheReference() throws {
    let tokenizer = try TestTokenizers.uncased.get()
    let file = TestTokenizers.fixtures.appendingPathComponent("unicode-strings.jsonl")
    let lines = try TestTokenizers.lines(of: file)
    #expect(lines.count == 10_000)
    var different: [String] = []
    for line in lines {
      let reference = try JSONDecoder().decode(ReferenceLine.self, from: line)
      let encoding = tokenizer.encode(reference.text, addSpecialTokens: false)
      if encoding.ids != reference.ids || encoding.offsets != reference.offsets
        || tokenizer.countTokens(reference.text) != reference.ids.count
      {
        different.append("\(reference) got \(encoding.ids) \(encoding.offsets)")
      }
    }
    #expect(different.isEmpty, "\(different.count) differ, first: \(different.prefix(3))")
  }

  @Test func variantsEncodeAndDecodeAsInTheReference() throws {
    struct Variant: Decodable { var name: String }
    let fixtures = TestTokenizers.fixtures
    let descriptions = try Data(contentsOf: fixtures.appendingPathComponent("variants.json"))
    let variants = try JSONDecoder().decode([Variant].self, from: descriptions)
    let tokenizers = try VariantTokenizers.all(descriptions)
    #expect(variants.count == tokenizers.count)
    var different: [String] = []
    let file = fixtures.appendingPathComponent("variant-strings.jsonl")
    for line in try TestTokenizers.lines(of: file) {
      let reference = try JSONDecoder().decode(ReferenceLine.self, from: line)
      let number = try #require(reference.variant)
      let tokenizer = tokenizers[number]
      let encoding = tokenizer.encode(reference.text)
      let decoded = tokenizer.decode(encoding.ids)
      // Text is compared by scalars: Swift takes composed and decomposed for equal.
      let isSame = decoded.unicodeScalars.elementsEqual((reference.decoded ?? "").unicodeScalars)
      if encoding.ids != reference.ids || encoding.offsets != reference.offsets || !isSame {
        different.append("\(variants[number].name): \(reference) got \(encoding) \(decoded)")
      }
    }
    #expect(different.isEmpty, "\(different.count) differ, first: \(different.prefix(3))")
  }
}
