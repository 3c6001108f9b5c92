import Foundation
import Kernels
import LanguageModels
import TestSupport

/// The random Llama of the fixtures with a tokenizer of 50 tokens: bytes, and three special ones.
///
/// It speaks nonsense, but always the same.
final class TinyModel: Sendable {
  let folder: TemporaryDirectory

  /// `<s>` begins, `</s>` ends, `<|end|>` ends a turn.
  private static let special = ["<pad>", "<s>", "</s>", "<|end|>"]
  /// Bytes in the alphabet of GPT-2; Ã and © are the two of é.
  private static let bytes = "Ġabcdefghijklmnopqrstuvwxyz0123456789Ċ.,Ã©[]<>".map { String($0) }

  static let template =
    "{{ bos_token }}{% for m in messages %}{{ m.role }}.{{ m.content }}<|end|>{% endfor %}"
    + "{% if add_generation_prompt %}assistant.{% endif %}"

  init(fixture: String = "llama") throws {
    folder = try TemporaryDirectory()
    let source = DecoderFixture(name: fixture).folder
    for name in ["config.json", "model.safetensors"] {
      try folder.write(Data(contentsOf: source.appendingPathComponent(name)), to: name)
    }
    var vocabulary: [String: Int] = [:]
    for (id, token) in (Self.special + Self.bytes).enumerated() { vocabulary[token] = id }
    let added = Self.special.enumerated().map { id, token -> [String: Any] in
      [
        "id": id, "content": token, "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": true,
      ]
    }
    let begin: [String: Any] = ["SpecialToken": ["id": "<s>", "type_id": 0]]
    let text: [String: Any] = ["Sequence": ["id": "A", "type_id": 0]]
    let byteLevel: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true,
    ]
    try write(
      [
        "version": "1.0", "added_tokens": added, "normalizer": NSNull(),
        "pre_tokenizer": byteLevel, "decoder": byteLevel,
        "post_processor": [
          "type": "TemplateProcessing", "single": [begin, text], "pair": [begin, text],
          "special_tokens": ["<s>": ["id": "<s>", "ids": [1], "tokens": ["<s>"]]],
        ],
        "model": [
          "type": "BPE", "dropout": NSNull(), "unk_token": NSNull(),
          "continuing_subword_prefix": NSNull(), "end_of_word_suffix": NSNull(),
          "fuse_unk": false, "byte_fallback": false, "vocab": vocabulary, "merges": [String](),
        ],
      ],
      to: "tokenizer.json"
    )
    try write(
      [
        "bos_token": "<s>", "eos_token": "</s>", "chat_template": Self.template,
        "tokenizer_class": "PreTrainedTokenizerFast",
      ],
      to: "tokenizer_config.json"
    )
    try write(["eos_token_id": [2, 3]], to: "generation_config.json")
  }

  func load(
    precision: WeightPrecision = .float32,
    contextLength: Int? = nil
  ) throws -> LanguageModel {
    try LanguageModel(
      contentsOf: folder.url,
      precision: precision,
      contextLength: contextLength,
      pool: WorkerPool(threads: 2)
    )
  }

  private func write(_ value: [String: Any], to name: String) throws {
    try folder.write(JSONSerialization.data(withJSONObject: value), to: name)
  }
}
