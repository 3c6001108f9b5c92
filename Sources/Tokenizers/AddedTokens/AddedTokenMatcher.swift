/// Finds added tokens in UTF-8 bytes: the leftmost first, the longest of those that begin there.
struct AddedTokenMatcher: Sendable {
  struct Match {
    var id: Int32
    /// The bytes the token takes, white space included where it strips.
    var range: Range<Int>
  }

  private struct Pattern {
    var token: AddedToken
    var bytes: [UInt8]
  }

  /// For each first byte the patterns that begin with it, longest first.
  private var patterns: [[Pattern]] = Array(repeating: [], count: 256)
  private(set) var isEmpty = true

  /// - Parameter tokens: each with the bytes to look for; one without bytes is left out.
  init(_ tokens: [(token: AddedToken, bytes: [UInt8])]) {
    for (token, bytes) in tokens {
      guard let first = bytes.first else { continue }
      patterns[Int(first)].append(Pattern(token: token, bytes: bytes))
      isEmpty = false
    }
    for first in patterns.indices {
      patterns[first].sort { $0.bytes.count > $1.bytes.count }
    }
  }

  /// All matches, in order and without overlap.
  func matches(in text: [UInt8]) -> [Match] {
    guard !isEmpty else { return [] }
    var found: [Match] = []
    var taken = 0
    var position = 0
    while position < text.count {
      guard let pattern = pattern(at: position, of: text) else {
        position += 1
        continue
      }
      var start = position
      var end = position + pattern.bytes.count
      position = end
      if pattern.token.singleWord && touchesWord(start..<end, of: text) { continue }
      if pattern.token.stripsLeft {
        start = startOfSpace(before: start, in: text)
      }
      if pattern.token.stripsRight {
        end = endOfSpace(after: end, in: text)
      }
      // The match before may have taken the white space already.
      start = max(start, taken)
      guard start < end else { continue }
      found.append(Match(id: pattern.token.id, range: start..<end))
      taken = end
    }
    return found
  }

  private func pattern(at position: Int, of text: [UInt8]) -> Pattern? {
    patterns[Int(text[position])].first { pattern in
      let count = pattern.bytes.count
      guard text.count - position >= count else { return false }
      for index in 1..<max(count, 1) where text[position + index] != pattern.bytes[index] {
        return false
      }
      return true
    }
  }

  private func touchesWord(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    if range.lowerBound > 0 {
      var before = UTF8Reader.startOfScalar(before: range.lowerBound, in: text)
      if isWordScalar(UTF8Reader.next(in: text, at: &before)) { return true }
    }
    guard range.upperBound < text.count else { return false }
    var after = range.upperBound
    return isWordScalar(UTF8Reader.next(in: text, at: &after))
  }

  private func startOfSpace(before position: Int, in text: [UInt8]) -> Int {
    var start = position
    while start > 0 {
      let before = UTF8Reader.startOfScalar(before: start, in: text)
      var reader = before
      guard isSpace(UTF8Reader.next(in: text, at: &reader)) else { break }
      start = before
    }
    return start
  }

  private func endOfSpace(after position: Int, in text: [UInt8]) -> Int {
    var end = position
    while end < text.count {
      var reader = end
      guard isSpace(UTF8Reader.next(in: text, at: &reader)) else { break }
      end = reader
    }
    return end
  }

  private func isSpace(_ value: UInt32) -> Bool {
    Unicode.Scalar(value)?.properties.isWhitespace ?? false
  }

  /// `\w` of Unicode Technical Standard 18, annex C.
  private func isWordScalar(_ value: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default:
      return false
    }
  }
}
