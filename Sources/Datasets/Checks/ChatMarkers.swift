/// Markers by which chat formats tell turns apart. In the text of a message they are a sign that it was
/// imported in the wrong format; a tokenizer may even read them as its own.
enum ChatMarkers {
  private static let anywhere = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>",
    "<|end_header_id|>", "<|begin_of_text|>", "<|end_of_text|>", "<|assistant|>", "<|user|>",
    "<|system|>", "<|end|>", "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>",
    "<</SYS>>", "<|endofturn|>", "<｜User｜>", "<｜Assistant｜>", "<bos>", "<eos>",
  ]
  /// Markers that count at the beginning of a line only, as they are words of plain text too.
  private static let atLineStart = [
    "### Response:", "### Instruction:", "### Assistant:", "### Human:", "### User:", "### Input:",
  ]

  /// The first marker in a text.
  static func first(in text: String) -> String? {
    let bytes = Array(text.utf8)
    // Every marker begins with one of these.
    guard bytes.contains(where: { $0 == 0x3C || $0 == 0x5B || $0 == 0x23 }) else { return nil }
    if let marker = anywhere.first(where: { text.contains($0) }) { return marker }
    if let marker = atLineStart.first(where: { marker in
      text.split(separator: "\n").contains { $0.hasPrefix(marker) }
    }) {
      return marker
    }
    // In a page of HTML `<s>` strikes out what it encloses.
    let opening = text.ranges(of: "<s>").count
    let closing = text.ranges(of: "</s>").count
    guard opening != closing || text.hasPrefix("<s>") && text.hasSuffix("</s>") else { return nil }
    return closing > 0 ? "</s>" : "<s>"
  }
}
