/// The `key: value` lines between `---` at the very start of a Markdown file.
struct FrontMatter {
  private(set) var values: [String: String] = [:]
  /// How many lines it takes, with both fences.
  private(set) var lineCount = 0

  /// Nil where the text does not begin with front matter that is closed within 200 lines.
  init?(_ bytes: [UInt8], lines: [Range<Int>]) {
    guard let first = lines.first, bytes[first].trimmingWhitespace().string == "---" else {
      return nil
    }
    var key: String?
    for (index, line) in lines.dropFirst().prefix(200).enumerated() {
      let text = bytes[line].string
      if text.trimmed == "---" || text.trimmed == "..." {
        lineCount = index + 2
        return
      }
      if let item = Self.listItem(text), let key {
        let old = values[key] ?? ""
        values[key] = old.isEmpty ? item : "\(old), \(item)"
      } else if let colon = text.firstIndex(of: ":"), text.first?.isWhitespace == false {
        let name = text[..<colon].lowercased().trimmed
        guard !name.isEmpty, name.first != "#" else { continue }
        let value = Self.unquoted(String(text[text.index(after: colon)...]).trimmed)
        values[name] = value
        key = name
      }
    }
    return nil
  }

  private static func listItem(_ line: String) -> String? {
    let text = line.trimmed
    guard text.hasPrefix("- ") else { return nil }
    return unquoted(String(text.dropFirst(2)).trimmed)
  }

  private static func unquoted(_ text: String) -> String {
    if text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 {
      return text.dropFirst().dropLast().split(separator: ",")
        .map { unquoted(String($0).trimmed) }.joined(separator: ", ")
    }
    for quote in ["\"", "'"]
    where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}
