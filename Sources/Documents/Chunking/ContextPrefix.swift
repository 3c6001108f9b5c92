/// What goes in front of a passage when it is embedded: `Title › Heading › Heading` and a line
/// feed; empty without title and headings.
///
/// The innermost headings say most and are kept first. The length is bounded (about 40 tokens of
/// English), whatever the headings are.
public func contextPrefix(title: String, headings: [String]) -> String {
  var room = ContextPrefix.maximumWeight
  let title = ContextPrefix.shortened(title, to: ContextPrefix.titleWeight)
  room -= ContextPrefix.weight(title)
  var kept: [String] = []
  for heading in headings.reversed() {
    let part = ContextPrefix.shortened(heading, to: min(room - 3, ContextPrefix.headingWeight))
    guard !part.isEmpty else { break }
    room -= ContextPrefix.weight(part) + 3
    kept.append(part)
  }
  let parts = ([title] + kept.reversed()).filter { !$0.isEmpty }
  return parts.isEmpty ? "" : parts.joined(separator: " › ") + "\n"
}

/// The bounds of ``contextPrefix(title:headings:)``. Weights stand for tokens without a tokenizer:
/// no vocabulary makes more tokens of a text than its weight.
private enum ContextPrefix {
  static let maximumWeight = 180
  static let titleWeight = 80
  static let headingWeight = 80

  static func weight(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + weight($1) } }

  private static func weight(_ scalar: Unicode.Scalar) -> Int {
    scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : 3
  }

  /// The text on one line, cut at a word to fit.
  static func shortened(_ text: String, to limit: Int) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    var result = ""
    var used = 0
    for word in words {
      let needed = weight(String(word)) + (result.isEmpty ? 0 : 1)
      if used + needed > limit { break }
      result += (result.isEmpty ? "" : " ") + word
      used += needed
    }
    guard result.isEmpty, let first = words.first, limit >= 8 else { return result }
    for scalar in first.unicodeScalars {
      used += weight(scalar)
      if used > limit { break }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
