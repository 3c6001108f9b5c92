import Foundation

/// Joins WordPiece tokens to text: a token with the continuation prefix goes on with the word
/// before it, any other follows a blank.
///
/// Source: `decoders::WordPiece` of the `tokenizers` package.
struct WordPieceDecoder: Sendable {
  var prefix: String
  /// Whether blanks before punctuation and English contractions are removed.
  var cleansUp: Bool

  func decode(_ tokens: [String]) -> String {
    var text = ""
    for (index, token) in tokens.enumerated() {
      var part = token
      if index > 0 {
        if !prefix.isEmpty, token.utf8.starts(with: prefix.utf8) {
          part = String(decoding: token.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        } else {
          part = " " + token
        }
      }
      text += cleansUp ? Self.cleanedUp(part) : part
    }
    return text
  }

  private static let replacements = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ]

  private static func cleanedUp(_ part: String) -> String {
    replacements.reduce(part) { text, replacement in
      text.replacingOccurrences(of: replacement.0, with: replacement.1, options: .literal)
    }
  }
}
