import Foundation
import Testing
import Tokenizers

/// Ids of language models' tokenizers equal those that others published, in data kept beside the
/// checkout.
@Suite(.enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"))
struct LanguageModelVectorTests {
  private let folder = TestTokenizers.sharedTokenizers

  private static let paths = [
    "gpt2": "golden-multilingual/Vocabs/gpt2_tokenizer.json",
    "llama": "golden-multilingual/Vocabs/llama_tokenizer.json",
    "roberta": "huggingface/tokenizer/roberta-base/tokenizer.json",
    "t5": "huggingface/tokenizer/t5-small/tokenizer.json",
    "phi3": "huggingface/phi-3-mini/tokenizer.json",
    "llama3": "llama3/llama3/tokenizer.model",
    "qwen2": "qwen/qwen.tiktoken",
  ]

  private func tokenizer(_ name: String) throws -> Tokenizer {
    let path = try #require(Self.paths[name])
    return try Tokenizer(contentsOf: folder.appendingPathComponent(path))
  }

  private func decoded<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(path)))
  }

  @Test(arguments: [
    ("gpt2", "gpt2"), ("roberta", "roberta_base"), ("llama", "tinyllama"), ("qwen2", "qwen2_5"),
    ("t5", "t5_small"),
  ])
  func multilingualTexts(model: String, file: String) throws {
    struct Input: Decodable { var id: String, text: String }
    struct Baseline: Decodable { var entries: [Entry] }
    struct Entry: Decodable {
      var id: String, inputIds: [Int32], tokens: [String]
      var decodedWithSpecial: String, decodedSkipSpecial: String
    }
    let root = "golden-multilingual/MultilingualConformance"
    let inputs = try decoded("\(root)/inputs.json", as: [Input].self)
    let path = "\(root)/baselines/\(file)_multilingual.json"
    let entries = try decoded(path, as: Baseline.self).entries
    #expect(entries.count == 83)
    let tokenizer = try tokenizer(model)
    for entry in entries {
      let text = try #require(inputs.first { $0.id == entry.id }?.text)
      let encoding = tokenizer.encode(text)
      #expect(encoding.ids == entry.inputIds, "\(entry.id)")
      #expect(encoding.tokens == entry.tokens, "\(entry.id)")
      var shown = tokenizer.decode(encoding.ids, skipSpecialTokens: false)
      var plain = tokenizer.decode(encoding.ids)
      if model == "t5" {
        // The published texts went through a clean-up that is no part of the tokenizer.
        shown = Self.cleanedUp(shown)
        plain = Self.cleanedUp(plain)
      }
      #expect(shown == entry.decodedWithSpecial, "\(entry.id)")
      #expect(plain == entry.decodedSkipSpecial, "\(entry.id)")
    }
  }

  private static func cleanedUp(_ text: String) -> String {
    [" .", " ?", " !", " ,"].reduce(text) { text, mark in
      text.replacingOccurrences(of: mark, with: String(mark.dropFirst()), options: .literal)
    }
  }

  @Test(arguments: [
    ("gpt2", "gpt2_encoded_tokens"), ("llama", "llama_encoded"), ("llama3", "llama_3.2_encoded"),
    ("t5", "t5_base_encoded"), ("gpt2", "whisper_tiny_en_encoded"),
  ])
  func frenchText(model: String, file: String) throws {
    struct Golden: Decodable {
      var text: String, bpeTokens: [String], tokenIds: [Int32], decodedText: String
    }
    let golden = try decoded("golden-multilingual/\(file).json", as: Golden.self)
    let tokenizer = try tokenizer(model)
    let encoding = tokenizer.encode(golden.text, addSpecialTokens: false)
    #expect(encoding.tokens == golden.bpeTokens)
    // The frame of Whisper is not GPT-2's.
    let ids = golden.tokenIds.filter { $0 < 50_256 || !file.hasPrefix("whisper") }
    let isFramed = file.hasPrefix("llama") || file.hasPrefix("t5")
    #expect(tokenizer.ids(of: golden.text, addSpecialTokens: isFramed) == ids)
    if file.hasPrefix("llama") || file.hasPrefix("gpt2") {
      let shown = tokenizer.decode(golden.tokenIds, skipSpecialTokens: false)
      #expect(shown == golden.decodedText)
    }
  }

  /// The vocabularies of llama.cpp's own vectors that are among the data in another form; its
  /// GGUF files are there too, but damaged.
  @Test(arguments: [
    ("gpt2", "gpt-2"), ("llama", "llama-spm"), ("llama3", "llama-bpe"), ("phi3", "phi-3"),
    ("qwen2", "qwen2"),
  ])
  func vectorsOfLlamaCpp(model: String, file: String) throws {
    let tokenizer = try tokenizer(model)
    for (input, ids) in try LlamaCppVectors.all(file) {
      #expect(tokenizer.ids(of: input, addSpecialTokens: false) == ids, "\(input)")
    }
  }

  @Test func vocabularyAndMergesGiveWhatTheTokenizerFileGives() throws {
    let source = folder.appendingPathComponent("huggingface/tokenizer/roberta-base")
    let tokenizer = try tokenizer("roberta")
    let other = try TestTokenizers.fromFiles([
      "vocab.json": Data(contentsOf: source.appendingPathComponent("vocab.json")),
      "merges.txt": Data(contentsOf: source.appendingPathComponent("merges.txt")),
      "tokenizer_config.json": Data(
        #"{"tokenizer_class":"RobertaTokenizer","bos_token":"<s>","eos_token":"</s>"}"#.utf8
      ),
    ])
    var texts = try RandomTexts(seed: 3, special: ["<s>", " <mask>", "</s>"])
    for _ in 0..<500 {
      let text = texts.next()
      #expect(other.encode(text) == tokenizer.encode(text))
    }
    #expect(other.specialTokens.beginning == 0 && other.specialTokens.end == 2)
  }
}
