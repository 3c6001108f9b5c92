/// Takes out what a model thinks aloud before it answers, between `<think>` and `</think>`.
struct ReasoningFilter {
  private var pending = ""
  private var isInside = false
  private static let opening = "<think>"
  private static let closing = "</think>"

  /// Takes a piece and gives what of the text is answer.
  mutating func push(_ piece: String) -> String {
    pending += piece
    var answer = ""
    while true {
      let tag = isInside ? Self.closing : Self.opening
      guard let range = pending.firstRange(of: tag) else {
        let kept = Self.overlap(of: pending, with: tag)
        if !isInside { answer += pending.dropLast(kept) }
        pending = String(pending.suffix(kept))
        return answer
      }
      if !isInside { answer += pending[..<range.lowerBound] }
      pending = String(pending[range.upperBound...])
      isInside.toggle()
    }
  }

  /// What is left when no more text comes.
  mutating func finish() -> String {
    defer { pending = "" }
    return isInside ? "" : pending
  }

  /// How many characters at the end may be the beginning of a tag.
  private static func overlap(of text: String, with tag: String) -> Int {
    for count in stride(from: min(tag.count - 1, text.count), to: 0, by: -1)
    where tag.hasPrefix(text.suffix(count)) {
      return count
    }
    return 0
  }
}
