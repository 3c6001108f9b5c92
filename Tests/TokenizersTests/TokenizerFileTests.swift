import Foundation
import Testing
import Tokenizers

/// What is read from files, and what is refused.
@Suite struct TokenizerFileTests {
  /// A tokenizer small enough to read, with one part to replace.
  private func file(
    normalizer: String = #"{"type":"BertNormalizer"}"#,
    preTokenizer: String = #"{"type":"BertPreTokenizer"}"#,
    model: String =
      ###"{"type":"WordPiece","vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"a":3,"##b":4}}"###,
    post: String = #"{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]}"#,
    decoder: String = "null",
    added: String = "[]"
  ) -> String {
    """
    {"normalizer":\(normalizer),"pre_tokenizer":\(preTokenizer),"model":\(model),
     "post_processor":\(post),"decoder":\(decoder),"added_tokens":\(added)}
    """
  }

  private func failure(_ text: String) -> TokenizerError? {
    do {
      _ = try TestTokenizers.fromJSON(text)
      return nil
    } catch {
      return error as? TokenizerError
    }
  }

  @Test func readsASmallTokenizer() throws {
    let tokenizer = try TestTokenizers.fromJSON(file())
    #expect(tokenizer.encode("A ab abb abc").ids == [1, 3, 3, 4, 3, 4, 4, 0, 2])
    #expect(tokenizer.decode([3, 4]) == "a ##b")
  }

  @Test func tokenizerFileAndVocabularyFileAgree() throws {
    let tokenizer = try TestTokenizers.fromFiles([
      "vocab.txt": Data("[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\n##b\r\n".utf8)
    ])
    let other = try TestTokenizers.fromJSON(file())
    #expect(tokenizer.encode("A ab abb abc") == other.encode("A ab abb abc"))
    #expect(tokenizer.vocabularySize == 5)
  }

  @Test func configurationBesideTheVocabularyIsFollowed() throws {
    let tokenizer = try TestTokenizers.fromFiles([
      "vocab.txt": Data("<u>\n<c>\n<s>\nA\né\n".utf8),
      "tokenizer_config.json": Data(
        #"""
        {"do_lower_case":false,"unk_token":"<u>","cls_token":{"content":"<c>"},"sep_token":"<s>"}
        """#.utf8
      ),
    ])
    #expect(tokenizer.encode("A a é").ids == [1, 3, 0, 4, 2])
    #expect(tokenizer.specialTokens.padding == nil)
  }

  @Test func tokensThatDifferOnlyInCompositionAreKeptApart() throws {
    let model = #"{"type":"WordPiece","vocab":{"[UNK]":0,"\u00e9":1,"e\u0301":2}}"#
    let normalizer = #"{"type":"BertNormalizer","strip_accents":false,"lowercase":true}"#
    let text = file(normalizer: normalizer, model: model, post: "null")
    let tokenizer = try TestTokenizers.fromJSON(text)
    #expect(tokenizer.vocabularySize == 3)
    #expect(tokenizer.encode("\u{E9} e\u{301}").ids == [1, 2])
    #expect(tokenizer.id(for: "\u{E9}") == 1 && tokenizer.id(for: "e\u{301}") == 2)
  }

  @Test(arguments: [
    ("UnicodeScripts", "BertPreTokenizer"), ("CharDelimiterSplit", "Metaspace"),
  ])
  func otherPreTokenizersAreNamed(type: String, supported: String) {
    let error = failure(file(preTokenizer: #"{"type":"\#(type)"}"#))
    #expect(error?.code == .unsupportedConstruct)
    #expect(error?.message.contains(type) == true)
    #expect(error?.remedy.contains(supported) == true)
  }

  @Test func otherComponentsAreNamed() {
    let files = [
      "Nmt": file(normalizer: #"{"type":"Nmt"}"#),
      "WordLevel": file(model: #"{"type":"WordLevel","vocab":{}}"#),
      "WordPiece": file(preTokenizer: #"{"type":"ByteLevel"}"#),
      "PairProcessing": file(post: #"{"type":"PairProcessing"}"#),
      "CTC": file(decoder: #"{"type":"CTC"}"#),
    ]
    for (name, text) in files {
      let error = failure(text)
      #expect(error?.code == .unsupportedConstruct)
      #expect(error?.message.contains(name) == true)
    }
  }

  @Test(arguments: [
    "", "{", "[]", "nul", "{\"a\":1}x", "\"\\ud800\"", "{\"model\":3}", "{\"a\":\"\u{1}\"}",
    String(repeating: "[", count: 100_000),
    "{\"model\":" + String(repeating: "{\"a\":", count: 100_000),
  ])
  func textThatIsNoTokenizerIsRefused(text: String) {
    #expect(failure(text) != nil)
  }

  @Test func damagedPartsAreRefused() {
    let files = [
      file(model: #"{"type":"WordPiece","vocab":{}}"#),
      file(model: #"{"type":"WordPiece","vocab":{"a":0}}"#),
      file(model: #"{"type":"WordPiece","vocab":{"[UNK]":-1}}"#),
      file(model: #"{"type":"WordPiece","vocab":{"[UNK]":9223372036854775807}}"#),
      file(model: #"{"type":"WordPiece","vocab":{"[UNK]":1e99}}"#),
      file(model: #"{"type":"WordPiece","vocab":{"[UNK]":"0"}}"#),
      file(model: #"{"type":"WordPiece","vocab":["[UNK]"]}"#),
      file(post: #"{"type":"BertProcessing","sep":["[SEP]",99],"cls":["[CLS]",1]}"#),
      file(post: #"{"type":"BertProcessing","sep":[],"cls":["[CLS]",1]}"#),
      file(post: #"{"type":"TemplateProcessing","single":[],"special_tokens":{}}"#),
      file(post: #"{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}]}"#),
      file(added: #"[{"id":99999999999,"content":"x"}]"#),
      file(added: #"[{"content":"x"}]"#),
      file(added: #"[7]"#),
      file(normalizer: #"{"type":"BertNormalizer","lowercase":"yes"}"#),
      file(normalizer: "3"),
    ]
    for text in files { #expect(failure(text) != nil, "\(text)") }
  }

  @Test func vocabularyThatIsNoTextIsRefused() {
    #expect(throws: TokenizerError.self) {
      try TestTokenizers.fromFiles(["vocab.txt": Data([0x5B, 0xFF, 0xFE, 0x0A])])
    }
    #expect(throws: TokenizerError.self) { try TestTokenizers.fromFiles(["vocab.txt": Data()]) }
  }

  @Test func folderWithoutTokenizerSaysWhatIsMissing() {
    do {
      _ = try TestTokenizers.fromFiles([:])
      Issue.record("no error")
    } catch let error as TokenizerError {
      #expect(error.code == .missingFile)
      #expect(error.message.contains("tokenizer.json"))
    } catch {
      Issue.record(error)
    }
  }

  /// Cut anywhere, a file is refused or read, never a trap.
  @Test func fileCutAnywhereDoesNotTrap() {
    let text = Array(file(added: #"[{"id":5,"content":"<x>","lstrip":true}]"#).utf8)
    for count in 0..<text.count - 1 {
      #expect(failure(String(decoding: text.prefix(count), as: UTF8.self)) != nil)
    }
  }
}
