/// How the special tokens are spelled: as `tokenizer_config.json` says, else as in BERT.
struct SpecialTokenNames {
  var unknown: String
  var classification: String
  var separator: String
  var padding: String
  var mask: String

  var all: [String] { [padding, unknown, classification, separator, mask] }

  init(_ settings: JSONValue) {
    func name(_ key: String, _ usual: String) -> String {
      // A token is a string or an object with flags.
      settings[key]?.string ?? settings[key]?["content"]?.string ?? usual
    }
    unknown = name("unk_token", "[UNK]")
    classification = name("cls_token", "[CLS]")
    separator = name("sep_token", "[SEP]")
    padding = name("pad_token", "[PAD]")
    mask = name("mask_token", "[MASK]")
  }
}
