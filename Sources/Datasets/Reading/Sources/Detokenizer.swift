/// Puts a text together again whose punctuation was set apart by blanks, as data sets made from
/// tokenized pages have it: `Röntgen , of` becomes `Röntgen, of`.
public struct Detokenizer: Sendable {
  /// The text with punctuation where it belongs.
  public let text: String
  private let pieces: [Piece]

  /// A token, by Unicode scalars, in the text before and after.
  private struct Piece: Sendable {
    var old: Range<Int>
    var new: Range<Int>
  }

  private static let closing: Set<String> = [
    ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "...", "…", "''", "”", "’", "°",
  ]
  private static let opening: Set<String> = ["(", "[", "{", "``", "“", "‘", "$", "£", "€", "#"]

  /// Puts tokens together that blanks set apart.
  public init(_ tokens: String) {
    var output: [Unicode.Scalar] = []
    var pieces: [Piece] = []
    var isQuoted = false
    var isGlued = true
    let words = Self.tokens(tokens)
    for (index, word) in words.enumerated() {
      var token = word.text
      var gluesLeft = Self.closing.contains(token)
      var gluesRight = Self.opening.contains(token)
      let before = index > 0 ? words[index - 1].text : ""
      let after = index + 1 < words.count ? words[index + 1].text : ""
      switch token {
      case "``":
        token = "\""
        isQuoted = true
      case "''":
        token = "\""
        isQuoted = false
      case "\"":
        gluesLeft = isQuoted
        gluesRight = !isQuoted
        isQuoted.toggle()
      case "--":
        token = "–"
        if Self.isNumeric(before), Self.isNumeric(after) { (gluesLeft, gluesRight) = (true, true) }
      case "-", "/", "–":
        // A hyphen with nothing but blanks around it is one that was set apart.
        if Self.endsInWord(before), Self.beginsWord(after) {
          (gluesLeft, gluesRight) = (true, true)
        }
      case ":":
        // Times of day and ratios.
        if Self.isNumeric(before), Self.isNumeric(after) { gluesRight = true }
      default:
        if Self.isContraction(token) { gluesLeft = true }
      }
      if !isGlued, !gluesLeft { output.append(" ") }
      let start = output.count
      output.append(contentsOf: token.unicodeScalars)
      pieces.append(Piece(old: word.range, new: start..<output.count))
      isGlued = gluesRight
    }
    self.pieces = pieces
    var text = String.UnicodeScalarView()
    text.append(contentsOf: output)
    self.text = String(text)
  }

  /// Where a range of the given text stands in the new one, whole tokens where one was changed; nil where
  /// it holds no token.
  public func range(of old: Range<Int>) -> Range<Int>? {
    guard let first = pieces.first(where: { $0.old.upperBound > old.lowerBound }),
      let last = pieces.last(where: { $0.old.lowerBound < old.upperBound }),
      first.old.lowerBound <= last.old.lowerBound
    else { return nil }
    func place(_ offset: Int, in piece: Piece, otherwise: Int) -> Int {
      guard piece.old.count == piece.new.count, piece.old.contains(offset) else { return otherwise }
      return piece.new.lowerBound + offset - piece.old.lowerBound
    }
    let start = place(old.lowerBound, in: first, otherwise: first.new.lowerBound)
    let end = place(old.upperBound, in: last, otherwise: last.new.upperBound)
    return start < end ? start..<end : nil
  }

  private static func tokens(_ text: String) -> [(text: String, range: Range<Int>)] {
    var tokens: [(text: String, range: Range<Int>)] = []
    var current = String.UnicodeScalarView()
    var start = 0
    var offset = 0
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !current.isEmpty { tokens.append((String(current), start..<offset)) }
        current = .init()
        start = offset + 1
      } else {
        current.append(scalar)
      }
      offset += 1
    }
    if !current.isEmpty { tokens.append((String(current), start..<offset)) }
    return tokens
  }

  private static func isContraction(_ token: String) -> Bool {
    ["'s", "'", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t"].contains(token.lowercased())
  }

  private static func isNumeric(_ token: String) -> Bool {
    token.unicodeScalars.first.map { (0x30...0x39).contains($0.value) } ?? false
  }

  private static func endsInWord(_ token: String) -> Bool {
    token.unicodeScalars.last.map { $0.properties.isAlphabetic || isNumeric(String($0)) } ?? false
  }

  private static func beginsWord(_ token: String) -> Bool {
    token.unicodeScalars.first.map { $0.properties.isAlphabetic || isNumeric(String($0)) } ?? false
  }
}
