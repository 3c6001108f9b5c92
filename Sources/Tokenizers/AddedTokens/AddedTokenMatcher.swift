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

  /// Patterns up to this many bytes are found by their hash, whatever their number; longer ones
  /// are rare and compared one by one.
  private static let longestHashed = 64

  private var patterns: [Pattern] = []
  /// Indices of the short patterns by their bytes.
  private var table: ByteStringTable
  /// The long patterns, longest first.
  private var long: [Pattern] = []
  /// Whether a pattern begins with a byte.
  private var begins = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { patterns.isEmpty && long.isEmpty }

  /// - Parameter tokens: each with the bytes to look for; one without bytes is left out.
  init(_ tokens: [(token: AddedToken, bytes: [UInt8])]) {
    table = ByteStringTable(expected: tokens.count)
    for (token, bytes) in tokens {
      guard let first = bytes.first else { continue }
      let pattern = Pattern(token: token, bytes: bytes)
      begins[Int(first)] = true
      if bytes.count > Self.longestHashed {
        long.append(pattern)
      } else if table.id(of: bytes) == nil {
        table.insert(bytes, id: Int32(patterns.count))
        patterns.append(pattern)
      }
    }
    long.sort { $0.bytes.count > $1.bytes.count }
  }

  /// All matches in a part of the text, in order and without overlap; nothing outside the part is
  /// looked at. Special tokens are passed over if they are not to be included.
  func matches(in text: [UInt8], _ part: Range<Int>, includingSpecial: Bool) -> [Match] {
    guard !isEmpty else { return [] }
    var found: [Match] = []
    var taken = part.lowerBound
    var position = part.lowerBound
    while position < part.upperBound {
      guard begins[Int(text[position])], let pattern = pattern(at: position, of: text, part) else {
        position += 1
        continue
      }
      var start = position
      var end = position + pattern.bytes.count
      position = end
      if pattern.token.isSpecial && !includingSpecial { continue }
      if pattern.token.singleWord && touchesWord(start..<end, of: text, part) { continue }
      if pattern.token.stripsLeft {
        start = startOfSpace(before: start, in: text, part)
      }
      if pattern.token.stripsRight {
        end = endOfSpace(after: end, in: text, part)
      }
      // The match before may have taken the white space already.
      start = max(start, taken)
      guard start < end else { continue }
      found.append(Match(id: pattern.token.id, range: start..<end))
      taken = end
    }
    return found
  }

  private func pattern(at position: Int, of text: [UInt8], _ part: Range<Int>) -> Pattern? {
    let rest = text[position..<part.upperBound]
    if let pattern = long.first(where: { rest.starts(with: $0.bytes) }) { return pattern }
    var longest: Int32?
    table.forEachPrefix(of: text, position..<part.upperBound) { index, _ in longest = index }
    return longest.map { patterns[Int($0)] }
  }

  private func touchesWord(_ range: Range<Int>, of text: [UInt8], _ part: Range<Int>) -> Bool {
    if range.lowerBound > part.lowerBound {
      var before = UTF8Reader.startOfScalar(before: range.lowerBound, in: text)
      if isWordScalar(UTF8Reader.next(in: text, at: &before)) { return true }
    }
    guard range.upperBound < part.upperBound else { return false }
    var after = range.upperBound
    return isWordScalar(UTF8Reader.next(in: text, at: &after))
  }

  private func startOfSpace(before position: Int, in text: [UInt8], _ part: Range<Int>) -> Int {
    var start = position
    while start > part.lowerBound {
      let before = UTF8Reader.startOfScalar(before: start, in: text)
      var reader = before
      guard isSpace(UTF8Reader.next(in: text, at: &reader)) else { break }
      start = before
    }
    return start
  }

  private func endOfSpace(after position: Int, in text: [UInt8], _ part: Range<Int>) -> Int {
    var end = position
    while end < part.upperBound {
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
