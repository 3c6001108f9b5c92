/// Turns tokens into text as they come, and never splits a character: bytes wait until the
/// character they belong to is whole.
///
/// The pieces together are what `Tokenizer.decode(_:skipSpecialTokens:)` makes of all tokens; only
/// bytes that are no UTF-8 may show as fewer replacement characters where a vocabulary spells them
/// in byte tokens, because what comes after them is not yet known.
public struct TokenStreamDecoder: Sendable {
  private let tokenizer: Tokenizer
  private let showsSpecialTokens: Bool
  /// Bytes whose character is not whole.
  private var waiting: [UInt8] = []
  private var blanksToDrop: Int
  private var isFirst = true
  /// All tokens, for a vocabulary whose text depends on what stands around a token.
  private var ids: [Int32] = []
  private var shown = 0

  init(tokenizer: Tokenizer, showsSpecialTokens: Bool) {
    self.tokenizer = tokenizer
    self.showsSpecialTokens = showsSpecialTokens
    blanksToDrop = tokenizer.decoder?.contribution?.leadingBlanks ?? 0
  }

  /// Takes the next token.
  ///
  /// - Parameter id: its id; one that the vocabulary does not have adds nothing.
  /// - Returns: the text that is complete now; it may be empty.
  public mutating func push(_ id: Int32) -> String {
    guard let token = tokenizer.vocabulary.token(id),
      showsSpecialTokens || !tokenizer.isSpecial(id)
    else { return "" }
    guard let contribution = tokenizer.decoder?.contribution else {
      ids.append(id)
      return next(isLast: false)
    }
    waiting += isFirst ? contribution.bytes(ofFirst: token) : contribution.bytes(of: token)
    isFirst = false
    while blanksToDrop > 0, let first = waiting.first {
      if first == 0x20 {
        waiting.removeFirst()
        blanksToDrop -= 1
      } else {
        blanksToDrop = 0
      }
    }
    let complete = Self.completeCount(of: waiting)
    defer { waiting.removeFirst(complete) }
    return String(decoding: waiting[..<complete], as: UTF8.self)
  }

  /// Ends the text.
  ///
  /// - Returns: what still waited; a character that was cut shows as U+FFFD.
  public mutating func finish() -> String {
    defer { waiting = [] }
    return ids.isEmpty ? String(decoding: waiting, as: UTF8.self) : next(isLast: true)
  }

  /// What decoding everything adds to what was shown before.
  private mutating func next(isLast: Bool) -> String {
    var text = Array(tokenizer.decode(ids, skipSpecialTokens: false).utf8)
    let replacement = Array("\u{FFFD}".utf8)
    while !isLast && text.reversed().starts(with: replacement.reversed()) {
      // What may be a character that is cut waits.
      text.removeLast(replacement.count)
    }
    guard text.count > shown else { return "" }
    defer { shown = text.count }
    return String(decoding: text[shown...], as: UTF8.self)
  }

  /// How many bytes come before a character that is cut at the end.
  private static func completeCount(of bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte < 0x80 { return bytes.count }
      if byte >= 0xC0 {
        let needed = byte < 0xF8 ? UTF8Reader.length(ofLead: byte) : 1
        return needed > back ? bytes.count - back : bytes.count
      }
    }
    return bytes.count
  }
}
