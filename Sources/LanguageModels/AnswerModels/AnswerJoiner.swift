/// Joins words and punctuation to running text, as far as that can be told from the words alone.
package struct AnswerJoiner {
  package private(set) var text = ""
  private var isQuoting = false

  private static let closing = Set<Character>(".,;:!?%)]}»”’…")
  private static let opening = Set<Character>("([{«“‘$£€¥#@")
  private static let joining = Set<Character>("-‐‑–—/'’_&")

  package init() {}

  /// Puts a part behind the text, with a space before it where one belongs.
  ///
  /// - Parameters:
  ///   - part: a word, a mark of punctuation, or a passage.
  ///   - continues: whether the part goes on with the word before it.
  package mutating func append(_ part: String, continues: Bool = false) {
    if needsSpace(before: part), !continues { text += " " }
    text += part
    for character in part where character == "\"" { isQuoting.toggle() }
  }

  private func needsSpace(before part: String) -> Bool {
    guard let last = text.last, let first = part.first else { return false }
    if first == "\"" { return !isQuoting }
    if last == "\"" { return !isQuoting }
    if Self.closing.contains(first) || Self.opening.contains(last) { return false }
    if Self.joining.contains(first) || Self.joining.contains(last) {
      return first == "&" || last == "&"
    }
    return !isNumber(part, last)
  }

  /// Whether a part goes on with a number: 3.5, 1,000 and 10:30.
  private func isNumber(_ part: String, _ last: Character) -> Bool {
    let before = text.dropLast().reversed().prefix { $0.isASCII && $0.isNumber }.count
    let digits = part.prefix { $0.isASCII && $0.isNumber }.count
    guard before > 0, digits > 0 else { return false }
    switch last {
    case ".": return true
    case ",": return before <= 3 && digits == 3
    case ":": return before <= 2 && digits == 2
    default: return false
    }
  }
}
