import Foundation
import Testing
import Tokenizers

/// What a caller relies on, whatever the vocabulary.
@Suite struct TokenizerBehaviorTests {
  private let tokenizer: Tokenizer

  init() throws { tokenizer = try TestTokenizers.uncased.get() }

  @Test func emptyTextIsTheFrameAlone() {
    #expect(tokenizer.encode("").tokens == ["[CLS]", "[SEP]"])
    #expect(tokenizer.encode("", addSpecialTokens: false).ids.isEmpty)
    #expect(tokenizer.countTokens(" \u{0}\u{200B}\n") == 0)
  }

  @Test func offsetsCountScalarsOfTheOriginal() {
    let text = "Cafe\u{301} 👩‍👩‍👧 über 漢x"
    let encoding = tokenizer.encode(text, addSpecialTokens: false)
    let scalars = Array(text.unicodeScalars)
    let pieces = encoding.offsets.map { range in
      String(String.UnicodeScalarView(scalars[range]))
    }
    #expect(encoding.tokens == ["cafe", "[UNK]", "uber", "漢", "x"])
    #expect(pieces == ["Cafe", "👩‍👩‍👧", "über", "漢", "x"])
  }

  @Test func maximumLengthCutsTheEndAndKeepsTheFrame() {
    let text = "one two three four five"
    #expect(tokenizer.encode(text, maximumLength: 4).tokens == ["[CLS]", "one", "two", "[SEP]"])
    #expect(tokenizer.encode(text, maximumLength: 7).count == 7)
    #expect(tokenizer.encode(text, maximumLength: 100).count == 7)
    #expect(tokenizer.encode(text, addSpecialTokens: false, maximumLength: 2).count == 2)
    for length in [-1, 0, 1, 2] {
      #expect(tokenizer.encode(text, maximumLength: length).tokens == ["[CLS]", "[SEP]"])
    }
  }

  /// Long texts are worked on in parts; where a part ends must not show.
  @Test func longTextEqualsItsParts() {
    let sentences = ["A naïve café, isn't it? ", "x\u{301}\u{316} [SEP] ", "漢字 И ", "\n\t"]
    var generator = SplitMix(seed: 7)
    var text = ""
    var tokens: [String] = []
    var offsets: [Range<Int>] = []
    var scalars = 0
    while text.utf8.count < 150_000 {
      let sentence = sentences[Int(generator.next() % 4)]
      let encoding = tokenizer.encode(sentence, addSpecialTokens: false)
      tokens += encoding.tokens
      offsets += encoding.offsets.map { $0.lowerBound + scalars..<$0.upperBound + scalars }
      scalars += sentence.unicodeScalars.count
      text += sentence
    }
    let encoding = tokenizer.encode(text, addSpecialTokens: false)
    #expect(encoding.tokens == tokens)
    #expect(encoding.offsets == offsets)
    #expect(tokenizer.countTokens(text) == tokens.count)
  }

  @Test func wordWithoutEndIsOneUnknownToken() {
    let word = String(repeating: "a", count: 1_000_000)
    let encoding = tokenizer.encode(word, addSpecialTokens: false)
    #expect(encoding.tokens == ["[UNK]"])
    #expect(encoding.offsets == [0..<1_000_000])
  }

  @Test func idsAndTokensLeadToEachOther() {
    #expect(tokenizer.vocabularySize == 30_522)
    #expect(tokenizer.id(for: "##ing") == 2075)
    #expect(tokenizer.token(for: 2075) == "##ing")
    #expect(tokenizer.id(for: "no such token") == nil)
    for id: Int32 in [-1, 30_522, .max, .min] { #expect(tokenizer.token(for: id) == nil) }
    let special = tokenizer.specialTokens
    #expect(special.padding == 0 && special.unknown == 100 && special.classification == 101)
    #expect(special.separator == 102 && special.mask == 103)
    #expect(tokenizer.specialTokenCount == 2)
  }

  @Test func decodingJoinsPiecesAndLeavesOutUnknownIds() {
    let ids = tokenizer.encode("Unbelievable, isn't it?").ids
    #expect(tokenizer.decode(ids) == "unbelievable, isn ' t it?")
    #expect(tokenizer.decode([2075, -5, 99_999, 102]) == "##ing")
    #expect(tokenizer.decode([]) == "")
  }
}

/// SplitMix64 (https://doi.org/10.1145/2714064.2660195).
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
