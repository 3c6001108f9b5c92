import Foundation
import Testing
import Tokenizers

/// What a caller relies on with the tokenizers of language models.
@Suite struct LanguageModelTokenizerTests {
  @Test func specialTokensInForeignTextCanBePlainText() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    let text = "x<|end|>"
    #expect(tokenizer.ids(of: text, addSpecialTokens: false) == [0x78, 301])
    let plain = tokenizer.encode(text, addSpecialTokens: false, recognizesSpecialTokens: false)
    #expect(plain.ids == text.utf8.map { Int32($0) })
    #expect(tokenizer.decode(plain.ids) == text)
    // Tokens that were added without being special are looked for all the same.
    let unigram = try SmallTokenizers.tokenizer(SmallTokenizers.unigram())
    #expect(unigram.ids(of: "a<x>", recognizesSpecialTokens: false).last == 9)
  }

  @Test func mergesGoByRankAndThenFromTheLeft() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    func tokens(_ text: String) -> [String] {
      tokenizer.encode(text, addSpecialTokens: false).tokens
    }
    #expect(tokens("hello") == ["hello"])
    #expect(tokens("hello hello") == ["hello", "Ġhello"])
    #expect(tokens("lll") == ["ll", "l"])
    #expect(tokens("hellll") == ["hell", "ll"])
  }

  @Test func longWordsTakeNoSquareOfTime() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    let word = String(repeating: "hell", count: 100_000)
    let encoding = tokenizer.encode(word, addSpecialTokens: false)
    #expect(encoding.count == 100_000 && encoding.tokens.allSatisfy { $0 == "hell" })
    #expect(encoding.offsets.last == 399_996..<400_000)
    let limited = tokenizer.encode(word + " x", maximumLength: 3)
    #expect(limited.ids == [300, 258, 258])
  }

  @Test func oneTokenizerServesManyThreads() async throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    var texts = try RandomTexts(seed: 11, special: ["<|end|>", "hello"])
    let list = (0..<200).map { _ in texts.next() }
    let expected = list.map { tokenizer.ids(of: $0) }
    let results = await withTaskGroup(of: (Int, [[Int32]]).self) { group in
      for worker in 0..<8 {
        group.addTask { (worker, list.map { tokenizer.ids(of: $0) }) }
      }
      return await group.reduce(into: [[[Int32]]]()) { $0.append($1.1) }
    }
    #expect(results.count == 8 && results.allSatisfy { $0 == expected })
  }

  @Test func decodingGivesTheTextBack() throws {
    let ranks = try Tokenizer(
      tiktokenRanks: SmallTokenizers.ranks(),
      rules: TiktokenRules(pattern: TiktokenRules.llama3.pattern)
    )
    let llama = try Tokenizer(ggufVocabulary: SmallTokenizers.gguf())
    var texts = try RandomTexts(seed: 5, special: [])
    for _ in 0..<500 {
      // Llama's mark cannot be told from a blank.
      let text = texts.next().replacing("▁", with: " ")
      for tokenizer in [ranks, llama] {
        let ids = tokenizer.ids(of: text, recognizesSpecialTokens: false)
        #expect(tokenizer.decode(ids).unicodeScalars.elementsEqual(text.unicodeScalars))
      }
    }
  }

  @Test func settingsNameTheBeginningAndTheEnd() throws {
    let tokenizer = try TestTokenizers.fromFiles([
      "tokenizer.json": SmallTokenizers.data(SmallTokenizers.byteLevel()),
      "tokenizer_config.json": Data(
        #"{"bos_token":"<|start|>","eos_token":{"content":"<|end|>"}}"#.utf8
      ),
    ])
    #expect(tokenizer.specialTokens.beginning == 300 && tokenizer.specialTokens.end == 301)
    #expect(tokenizer.specialTokens.unknown == nil && tokenizer.id(of: "<|end|>") == 301)
  }

  @Test func ggufVocabularyOfLlama() throws {
    let tokenizer = try Tokenizer(ggufVocabulary: SmallTokenizers.gguf())
    #expect(tokenizer.encode("hi hi").tokens == ["<s>", "▁hi", "▁hi"])
    #expect(tokenizer.encode("<user>é").tokens == ["<s>", "<user>", "▁", "<0xC3>", "<0xA9>"])
    #expect(tokenizer.specialTokens.beginning == 1 && tokenizer.specialTokens.end == 2)
    var bare = SmallTokenizers.gguf()
    (bare.addsBeginning, bare.addsSpacePrefix) = (false, false)
    #expect(try Tokenizer(ggufVocabulary: bare).encode("hi").tokens == ["h", "i"])
  }

  @Test func ggufVocabularyOfBERT() throws {
    let plain = try TestTokenizers.uncased.get()
    let tokens = try (0..<30_522).map { (id: Int32) -> String in
      let token = try #require(plain.token(for: id))
      if token.hasPrefix("##") { return String(token.dropFirst(2)) }
      return token.hasPrefix("[") && token.hasSuffix("]") && token.count > 2 ? token : "▁" + token
    }
    let tokenizer = try Tokenizer(ggufVocabulary: GGUFVocabulary(model: "bert", tokens: tokens))
    let text = "Unbelievable, isn't it? Café 漢字"
    #expect(tokenizer.ids(of: text) == plain.ids(of: text))
  }

  @Test(.enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"))
  func ggufVocabularyOfGPT2() throws {
    let path = "golden-multilingual/Vocabs/gpt2_tokenizer.json"
    let plain = try SharedVocabularies.Source(path).tokenizer
    let tokenizer = try Tokenizer(ggufVocabulary: SharedVocabularies.gpt2())
    var texts = try RandomTexts(seed: 12, special: ["<|endoftext|>"])
    for _ in 0..<500 {
      let text = texts.next()
      #expect(tokenizer.encode(text) == plain.encode(text))
    }
  }
}
