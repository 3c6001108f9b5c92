/// One step that turns tokens back into text; `tokenizer.json` lists them under `decoder`.
///
/// Source: the module `decoders` of the `tokenizers` package.
enum DecodingStep: Sendable {
  case byteLevel
  case replace(SplitPattern, with: String)
  case byteFallback
  case fuse
  /// Takes up to so many of one character off both ends of each token.
  case strip(Unicode.Scalar, start: Int, stop: Int)
  case metaspace(Unicode.Scalar, dropsFirst: Bool)
  case wordPiece(WordPieceDecoder)
  /// A suffix that ends words becomes a blank.
  case wordEnd(String)

  func apply(_ tokens: [String]) -> [String] {
    switch self {
    case .byteLevel:
      return [String(decoding: tokens.flatMap(ByteAlphabet.bytes), as: UTF8.self)]
    case .replace(let pattern, let content):
      return tokens.map { Self.replace(pattern, content, in: $0) }
    case .byteFallback:
      return Self.joinBytes(tokens)
    case .fuse:
      return [tokens.joined()]
    case .strip(let scalar, let start, let stop):
      return tokens.map { Self.strip(scalar, start, stop, from: $0) }
    case .metaspace(let mark, let dropsFirst):
      return tokens.enumerated().map { index, token in
        let scalars = token.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
          if scalar != mark { return scalar }
          return index == 0 && dropsFirst ? nil : " "
        }
        return String(String.UnicodeScalarView(scalars))
      }
    case .wordPiece(let decoder):
      return [decoder.decode(tokens)]
    case .wordEnd(let suffix):
      guard !suffix.isEmpty else { return tokens }
      return tokens.enumerated().map { index, token in
        let isLast = index == tokens.count - 1
        return token.components(split: suffix).joined(separator: isLast ? "" : " ")
      }
    }
  }

  private static func replace(_ pattern: SplitPattern, _ content: String, in token: String)
    -> String
  {
    let bytes = Array(token.utf8)
    var result: [UInt8] = []
    pattern.forEachPiece(of: bytes, bytes.indices) { piece, isMatch in
      if isMatch {
        result.append(contentsOf: content.utf8)
      } else {
        result.append(contentsOf: bytes[piece])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Runs of byte tokens become the text they spell, or one replacement character each.
  private static func joinBytes(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var run: [UInt8] = []
    func flush() {
      if run.isEmpty { return }
      if let text = String(validating: run, as: UTF8.self) {
        result.append(text)
      } else {
        result += Array(repeating: "\u{FFFD}", count: run.count)
      }
      run = []
    }
    for token in tokens {
      if let byte = ByteAlphabet.fallbackByte(token) {
        run.append(byte)
      } else {
        flush()
        result.append(token)
      }
    }
    flush()
    return result
  }

  private static func strip(_ scalar: Unicode.Scalar, _ start: Int, _ stop: Int, from token: String)
    -> String
  {
    let scalars = Array(token.unicodeScalars)
    let first = scalars.prefix(max(0, start)).prefix { $0 == scalar }.count
    let last = scalars.suffix(max(0, stop)).reversed().prefix { $0 == scalar }.count
    guard first + last < scalars.count else { return "" }
    return String(String.UnicodeScalarView(scalars[first..<scalars.count - last]))
  }
}

extension String {
  /// The parts between occurrences of a byte string.
  fileprivate func components(split separator: String) -> [String] {
    let bytes = Array(utf8)
    let wanted = Array(separator.utf8)
    var parts: [String] = []
    var start = 0
    var position = 0
    while position + wanted.count <= bytes.count {
      if bytes[position..<position + wanted.count].elementsEqual(wanted) {
        parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
        position += wanted.count
        start = position
      } else {
        position += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
