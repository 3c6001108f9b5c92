/// Whether a text stops within a sentence, as answers do that were cut by a limit.
enum UnfinishedText {
  /// Words that no sentence ends with.
  private static let linking: Set<Substring> = [
    "the", "a", "an", "and", "or", "but", "of", "to", "with", "for", "from", "by", "as", "because",
    "which", "such", "including", "these", "their", "its", "your", "our", "into", "than", "is",
    "are", "was", "were", "if", "when", "while", "der", "die", "das", "und", "oder", "mit", "von",
    "für", "eine", "einen", "weil", "dass", "le", "la", "les", "et", "ou", "avec", "pour", "que",
    "una", "el", "los", "con", "para", "porque", "il", "e",
  ]

  /// Whether the text stops within a sentence: after a comma, hyphen, opening bracket or linking word,
  /// or without a full stop though its last line is a further sentence of a paragraph. Texts under ten
  /// words, and lists and code, may end as they like.
  static func isUnfinished(_ text: String) -> Bool {
    var trimmed = text[...]
    while let last = trimmed.last, last.isWhitespace { trimmed = trimmed.dropLast() }
    guard let last = trimmed.last else { return false }
    let words = trimmed.split(whereSeparator: \.isWhitespace)
    guard words.count >= 10, !trimmed.hasSuffix("```") else { return false }
    if ",([{–—".contains(last) { return true }
    guard last.isLetter || last.isNumber, let lastLine = trimmed.split(separator: "\n").last,
      lastLine.split(separator: " ").count >= 4, !looksLikeCode(lastLine)
    else { return false }
    if let word = words.last, linking.contains(word), !trimmed.contains("```") { return true }
    guard last.isLowercase, !isListItem(lastLine) else { return false }
    // Sentences before it in the same paragraph end with a full stop; a hashtag or the name under a
    // quotation is no sentence.
    let ends = [". ", "? ", "! "].flatMap { lastLine.ranges(of: $0) }.map(\.upperBound)
    guard let start = ends.max(), words.last?.first != "#" else { return false }
    return lastLine[start...].split(separator: " ").count >= 2
  }

  private static func isListItem(_ line: Substring) -> Bool {
    let line = line.drop { $0 == " " }
    guard let first = line.first else { return false }
    return "-*•".contains(first) || first.isNumber
  }

  private static func looksLikeCode(_ line: Substring) -> Bool {
    line.contains { "{};=<>|\\`".contains($0) } || line.contains("://")
  }
}
