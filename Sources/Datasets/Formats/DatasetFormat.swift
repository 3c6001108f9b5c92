/// A way in which files hold examples. The names are those that a person gives on the command line.
public enum DatasetFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// Our own: one example per line with all that is known of it. Read back, nothing is lost.
  case attune
  /// OpenAI's: `{"messages": [{"role", "content", "weight"}]}`.
  case chat
  /// `{"prompt", "completion"}`, also `{"question", "answer"}`, each a text or, as in TRL, messages.
  case completion
  /// `{"instruction", "input", "output", "system", "history"}`.
  case alpaca
  /// `{"conversations": [{"from", "value"}], "system", "tools"}`.
  case sharegpt
  /// Questions on passages of documents, as SQuAD has them; also its rows one by one.
  case squad
  /// Columns divided by commas (or semicolons, when read) under a header.
  case csv
  /// Columns divided by tabs under a header.
  case tsv

  /// What its items look like, for messages.
  var shape: String {
    switch self {
    case .attune: "Attune's own (messages with origin)"
    case .chat: "chat (messages)"
    case .completion: "prompt and completion"
    case .alpaca: "Alpaca (instruction and output)"
    case .sharegpt: "ShareGPT (conversations)"
    case .squad: "SQuAD (question, context and answers)"
    case .csv: "columns divided by commas"
    case .tsv: "columns divided by tabs"
    }
  }

  /// The format of an item, from the names of its members.
  static func ofItem(_ item: JSONValue) -> DatasetFormat? {
    func has(_ keys: String...) -> Bool { keys.allSatisfy { item[$0] != nil } }
    // Preference pairs hold a conversation beside what was chosen; they are refused where they are read.
    if has("conversations") { return .sharegpt }
    if has("messages") { return item["origin"]?.string == nil ? .chat : .attune }
    if has("instruction") { return .alpaca }
    if has("question", "context", "answers") { return .squad }
    if has("prompt") || has("completion") || has("question", "answer") { return .completion }
    return nil
  }
}
