/// Cuts a passage into sentences.
enum Sentences {
  private static let abbreviations: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "etc", "inc", "ltd", "co", "corp",
    "fig", "sec", "art", "approx", "e.g", "i.e", "u.s", "dept", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "al", "cf", "p", "pp", "vol",
  ]

  /// The sentences that end with a full stop or its like, blanks within them made single. Headings, list
  /// marks, table rows and code are no sentences.
  static func of(_ text: String) -> [String] {
    var sentences: [String] = []
    for block in blocks(of: text) {
      var current = ""
      let words = block.split(whereSeparator: \.isWhitespace)
      for (index, word) in words.enumerated() {
        current += current.isEmpty ? String(word) : " \(word)"
        let next = index + 1 < words.count ? words[index + 1] : nil
        if isEnd(word, next: next) {
          sentences.append(current)
          current = ""
        }
      }
    }
    return sentences.filter(isSentence)
  }

  /// Paragraphs and list items: a blank line ends one, and so does a line that begins another.
  private static func blocks(of text: String) -> [String] {
    var blocks: [String] = []
    var current = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let trimmed = line.drop(while: \.isWhitespace)
      let isMarked = trimmed.first.map { "#|>".contains($0) } ?? false
      let item = ["- ", "* ", "• ", "+ "].first { trimmed.hasPrefix($0) }
      if trimmed.isEmpty || isMarked || item != nil {
        blocks.append(current)
        current = isMarked ? "" : String(trimmed.dropFirst(item?.count ?? 0))
      } else {
        current += current.isEmpty ? String(trimmed) : " \(trimmed)"
      }
    }
    blocks.append(current)
    return blocks.filter { !$0.isEmpty }
  }

  private static func isEnd(_ word: Substring, next: Substring?) -> Bool {
    let closing = "\"'”’)]»"
    let bare = word.reversed().drop { closing.contains($0) }.reversed()
    guard let last = bare.last, ".!?。！？".contains(last) else { return false }
    guard last == ".", let next else { return true }
    let stem = bare.dropLast().drop { "(\"“'‘".contains($0) }
    let isInitial = stem.count == 1 && stem.first?.isUppercase == true
    if isInitial || abbreviations.contains(String(stem).lowercased()) { return false }
    // A sentence does not begin with a small letter.
    return next.first?.isLowercase != true
  }

  private static func isSentence(_ text: String) -> Bool {
    guard let last = text.reversed().first(where: { !"\"'”’)]»".contains($0) }),
      ".!。！".contains(last), (20...320).contains(text.count),
      !text.contains("://"), !text.contains(where: { "`|*<>{}[]\\_".contains($0) }),
      text.count(where: { $0 == "(" }) == text.count(where: { $0 == ")" }),
      text.count(where: { $0 == "\"" }).isMultiple(of: 2)
    else { return false }
    let letters = text.count { $0.isLetter || $0.isWhitespace }
    return letters * 10 >= text.count * 6
  }

  /// Words that point at something said before, so that a sentence that begins with one says little by
  /// itself.
  static let pointers: Set<String> = [
    "it", "its", "they", "them", "their", "he", "she", "his", "her", "this", "that", "these",
    "those", "here", "there", "such", "both", "either", "neither", "another", "others", "then",
    "so", "thus", "hence", "however", "therefore", "otherwise", "instead", "also", "and", "but",
    "or", "because", "which", "who", "if", "i", "we", "you", "my", "our", "your", "see", "what",
    "when", "where", "how", "why", "note",
  ]

  /// Whether a sentence begins with a word that points back.
  static func pointsBack(_ sentence: String) -> Bool {
    let first = sentence.prefix { !$0.isWhitespace && $0 != "," && $0 != "'" && $0 != "’" }
    return pointers.contains(first.lowercased())
  }
}
