import Foundation
import Tokenizers

/// Tokenizers small enough to read, one of each kind, as their files.
enum SmallTokenizers {
  /// The letters that byte-level vocabularies spell bytes with.
  static let letters: [String] = {
    var next: UInt32 = 0x100
    return (0..<256).compactMap { (byte: UInt32) -> Unicode.Scalar? in
      let isPrintable =
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
      if isPrintable { return Unicode.Scalar(byte) }
      defer { next += 1 }
      return Unicode.Scalar(next)
    }.map { String($0) }
  }()

  private static func vocabulary(_ tokens: [String]) -> [String: Int] {
    Dictionary(zip(tokens, tokens.indices)) { first, _ in first }
  }

  private static func added(_ content: String, _ id: Int, special: Bool = true) -> [String: Any] {
    [
      "id": id, "content": content, "special": special, "lstrip": false, "rstrip": false,
      "normalized": false, "single_word": false,
    ]
  }

  /// A byte-level model with a few merges and two special tokens; its ids are the bytes.
  static func byteLevel(pattern: String = #" ?\p{L}+|\s+(?!\S)|\s+|[^\s\p{L}]+"#) -> [String: Any] {
    let merges = ["h e", "l l", "he ll", "hell o", "Ġ hello", "ð Ł", "ðŁ ĳ"]
    let merged = merges.map { $0.replacing(" ", with: "") }
    let split: [String: Any] = [
      "type": "Split", "pattern": ["Regex": pattern], "behavior": "Isolated", "invert": false,
    ]
    let bytes: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": false, "use_regex": false,
    ]
    return [
      "added_tokens": [added("<|start|>", 300), added("<|end|>", 301)],
      "normalizer": ["type": "NFC"],
      "pre_tokenizer": ["type": "Sequence", "pretokenizers": [split, bytes]],
      "post_processor": [
        "type": "TemplateProcessing",
        "single": [
          ["SpecialToken": ["id": "<|start|>", "type_id": 0]],
          ["Sequence": ["id": "A", "type_id": 0]],
        ],
        "special_tokens": ["<|start|>": ["id": "<|start|>", "ids": [300]]],
      ],
      "decoder": ["type": "ByteLevel"],
      "model": ["type": "BPE", "vocab": vocabulary(letters + merged), "merges": merges],
    ]
  }

  static let fallbackTokens = (0..<256).map { byte in
    "<0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">"
  }

  /// A model of Llama's kind.
  static func llama() -> [String: Any] {
    let merges = ["▁ h", "▁h i", "▁ ▁"]
    let tokens =
      ["<unk>", "<s>", "</s>"] + fallbackTokens + ["▁", "h", "i", "!", "▁h", "▁hi", "▁▁"]
    let replace: [String: Any] = [
      "type": "Replace", "pattern": ["String": " "], "content": "▁",
    ]
    let decoders: [[String: Any]] = [
      ["type": "Replace", "pattern": ["String": "▁"], "content": " "],
      ["type": "ByteFallback"], ["type": "Fuse"],
      ["type": "Strip", "content": " ", "start": 1, "stop": 0],
    ]
    return [
      "added_tokens": [added("<unk>", 0), added("<s>", 1), added("</s>", 2)],
      "normalizer": [
        "type": "Sequence", "normalizers": [["type": "Prepend", "prepend": "▁"], replace],
      ],
      "decoder": ["type": "Sequence", "decoders": decoders],
      "model": [
        "type": "BPE", "vocab": vocabulary(tokens), "merges": merges, "byte_fallback": true,
        "unk_token": "<unk>", "fuse_unk": true,
      ],
    ]
  }

  /// A model of T5's kind.
  static func unigram() -> [String: Any] {
    let pieces: [[Any]] = [
      ["<unk>", 0], ["▁", -2], ["a", -3], ["b", -3.5], ["ab", -5], ["▁ab", -6.25], ["é", -4],
    ]
    return [
      "added_tokens": [added("<unk>", 0), added("<x>", 9, special: false)],
      "normalizer": [
        "type": "Sequence", "normalizers": [["type": "NFKC"], ["type": "Lowercase"]],
      ],
      "pre_tokenizer": [
        "type": "Sequence",
        "pretokenizers": [
          ["type": "WhitespaceSplit"],
          ["type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"],
        ],
      ],
      "decoder": ["type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"],
      "model": ["type": "Unigram", "unk_id": 0, "vocab": pieces],
    ]
  }

  static func data(_ document: [String: Any]) throws -> Data {
    try JSONSerialization.data(withJSONObject: document, options: .sortedKeys)
  }

  static func tokenizer(_ document: [String: Any]) throws -> Tokenizer {
    try TestTokenizers.fromFiles(["tokenizer.json": data(document)])
  }

  /// Ranks of all bytes and of a few longer tokens.
  static func ranks() -> Data {
    let tokens =
      (0..<256).map { Data([UInt8($0)]) } + ["he", "ll", "hell", "hello"].map { Data($0.utf8) }
    let lines = tokens.enumerated().map { "\($0.element.base64EncodedString()) \($0.offset)" }
    return Data(lines.joined(separator: "\n").utf8)
  }

  /// A vocabulary of Llama's kind as GGUF has it.
  static func gguf() -> GGUFVocabulary {
    let tokens =
      ["<unk>", "<s>", "</s>"] + fallbackTokens + ["▁h", "▁hi", "▁", "h", "i", "!", "<user>"]
    var vocabulary = GGUFVocabulary(model: "llama", tokens: tokens)
    vocabulary.scores = tokens.indices.map { $0 < 259 ? 0 : 259 - Float($0) }
    let last = tokens.count - 1
    vocabulary.tokenTypes = tokens.indices.map { id in
      id == 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : id == last ? 4 : 1
    }
    return vocabulary
  }
}
