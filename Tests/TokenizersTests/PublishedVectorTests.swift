import Foundation
import Testing
import Tokenizers

/// Ids equal those that others published, in data kept beside the checkout.
@Suite(.enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"))
struct PublishedVectorTests {
  private let folder = TestTokenizers.sharedTokenizers

  private func decoded<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(path)))
  }

  @Test func questionsOfSQuAD() throws {
    struct Question: Decodable { var original: String, wordpiece: [String] }
    let tokenizer = try TestTokenizers.uncased.get()
    let questions = try decoded("squad-questions-bert/question_tokens.json", as: [Question].self)
    let ids = try decoded("squad-questions-bert/tokenized_questions.json", as: [[Int32]].self)
    #expect(questions.count == 10_570 && ids.count == questions.count)
    for (question, ids) in zip(questions, ids) {
      let encoding = tokenizer.encode(question.original, addSpecialTokens: false)
      #expect(encoding.tokens == question.wordpiece)
      #expect(encoding.ids == ids)
    }
  }

  @Test func multilingualTextsOfBGESmall() throws {
    struct Input: Decodable { var id: String, text: String }
    struct Baseline: Decodable { var entries: [Entry] }
    struct Entry: Decodable {
      var id: String, inputIds: [Int32], tokens: [String]
      var decodedWithSpecial: String, decodedSkipSpecial: String
    }
    let root = "golden-multilingual/MultilingualConformance"
    let inputs = try decoded("\(root)/inputs.json", as: [Input].self)
    let entries = try decoded(
      "\(root)/baselines/bge_small_multilingual.json",
      as: Baseline.self
    ).entries
    #expect(entries.count == 83)
    let tokenizer = try TestTokenizers.uncased.get()
    for entry in entries {
      let text = try #require(inputs.first { $0.id == entry.id }?.text)
      let encoding = tokenizer.encode(text)
      #expect(encoding.ids == entry.inputIds, "\(entry.id)")
      #expect(encoding.tokens == entry.tokens, "\(entry.id)")
      let withSpecial = tokenizer.decode(encoding.ids, skipSpecialTokens: false)
      #expect(withSpecial == entry.decodedWithSpecial, "\(entry.id)")
      #expect(tokenizer.decode(encoding.ids) == entry.decodedSkipSpecial, "\(entry.id)")
    }
  }

  @Test func frenchTextOfBERTUncased() throws {
    struct Golden: Decodable {
      var text: String, bpeTokens: [String], tokenIds: [Int32], decodedText: String
    }
    let golden = try decoded("golden-multilingual/bert_uncased_encoded.json", as: Golden.self)
    let tokenizer = try TestTokenizers.uncased.get()
    let encoding = tokenizer.encode(golden.text)
    #expect(encoding.ids == golden.tokenIds)
    #expect(Array(encoding.tokens.dropFirst().dropLast()) == golden.bpeTokens)
    // The published text went through a second clean-up, over the whole of it.
    let text = tokenizer.decode(encoding.ids, skipSpecialTokens: false)
    #expect(text.replacingOccurrences(of: " ' ", with: "'") == golden.decodedText)
  }

  /// The vocabulary of the published text is not among the data; all of its tokens are, so the
  /// cased normalization is checked with those.
  @Test func frenchTextOfDistilBERTCased() throws {
    struct Golden: Decodable { var text: String, bpeTokens: [String], tokenIds: [Int32] }
    let golden = try decoded("golden-multilingual/distilbert_cased_encoded.json", as: Golden.self)
    var vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary += golden.bpeTokens.filter { !vocabulary.contains($0) }
    let tokenizer = try TestTokenizers.fromFiles([
      "vocab.txt": Data(vocabulary.joined(separator: "\n").utf8),
      "tokenizer_config.json": Data(#"{"do_lower_case": false}"#.utf8),
    ])
    let encoding = tokenizer.encode(golden.text, addSpecialTokens: false)
    #expect(encoding.tokens == golden.bpeTokens)
  }

  @Test func vectorsOfLlamaCpp() throws {
    let tokenizer = try TestTokenizers.uncased.get()
    for (input, ids) in try LlamaCppVectors.all("bert-bge") {
      #expect(tokenizer.encode(input, addSpecialTokens: false).ids == ids, "\(input)")
    }
  }
}
