/// Turns tokens back into text, step by step.
struct TokenDecoder: Sendable {
  /// What a token contributes to the text, whatever stands around it; where decoding works like
  /// that, text can be had token by token.
  enum Contribution: Sendable {
    case byteLevel
    /// A mark becomes a blank, byte tokens their byte; so many blanks in front of the text go.
    case pieces(mark: [UInt8], leadingBlanks: Int)
    /// A mark becomes a blank, or nothing in the first token.
    case metaspace(mark: [UInt8], dropsFirst: Bool)
  }

  let steps: [DecodingStep]
  let contribution: Contribution?

  /// - Parameters:
  ///   - steps: what is done, in order.
  ///   - mark: for the decoder of SentencePiece models, the mark that becomes a blank.
  init(_ steps: [DecodingStep], pieceMark mark: String? = nil) {
    self.steps = steps
    contribution = Self.contribution(of: steps, mark)
  }

  /// The decoder of byte-level vocabularies.
  static let byteLevel = TokenDecoder([.byteLevel])

  func decode(_ tokens: [String]) -> String {
    steps.reduce(tokens) { $1.apply($0) }.joined()
  }

  private static func contribution(of steps: [DecodingStep], _ mark: String?) -> Contribution? {
    switch steps.first {
    case .byteLevel where steps.count == 1:
      return .byteLevel
    case .metaspace(let mark, let dropsFirst) where steps.count == 1:
      return .metaspace(mark: Array(String(mark).utf8), dropsFirst: dropsFirst)
    default:
      return pieces(steps, mark)
    }
  }

  /// Llama's chain: Replace, ByteFallback, Fuse and Strip, of which the first and the last may be
  /// absent.
  private static func pieces(_ steps: [DecodingStep], _ mark: String?) -> Contribution? {
    var rest = steps[...]
    var bytes: [UInt8] = []
    if case .replace(_, " ") = rest.first, let mark {
      bytes = Array(mark.utf8)
      rest = rest.dropFirst()
    }
    guard case .byteFallback = rest.popFirst(), case .fuse = rest.popFirst() else { return nil }
    guard let last = rest.popFirst() else { return .pieces(mark: bytes, leadingBlanks: 0) }
    guard case .strip(" ", let start, 0) = last, rest.isEmpty else { return nil }
    return .pieces(mark: bytes, leadingBlanks: max(0, start))
  }
}

extension TokenDecoder.Contribution {
  /// The bytes that a token contributes, blanks at the front of the text included.
  func bytes(of token: String) -> [UInt8] {
    switch self {
    case .byteLevel:
      return ByteAlphabet.bytes(of: token)
    case .pieces(let mark, _):
      if let byte = ByteAlphabet.fallbackByte(token) { return [byte] }
      return Self.replace(mark, in: token, by: [0x20])
    case .metaspace(let mark, _):
      return Self.replace(mark, in: token, by: [0x20])
    }
  }

  /// The bytes of the first token of a text.
  func bytes(ofFirst token: String) -> [UInt8] {
    if case .metaspace(let mark, true) = self { return Self.replace(mark, in: token, by: []) }
    return bytes(of: token)
  }

  /// How many blanks in front of the text go.
  var leadingBlanks: Int {
    if case .pieces(_, let count) = self { return count }
    return 0
  }

  private static func replace(_ mark: [UInt8], in token: String, by content: [UInt8]) -> [UInt8] {
    let bytes = Array(token.utf8)
    guard let first = mark.first, bytes.contains(first) else { return bytes }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == first, bytes[position...].starts(with: mark) {
        result += content
        position += mark.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }
}
