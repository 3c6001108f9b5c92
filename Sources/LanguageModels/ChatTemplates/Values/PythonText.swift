/// Operations on text as a row of scalars, by Python's rules.
enum PythonText {
  /// Text without the given scalars, or without white space, at its ends.
  static func stripped(_ text: String, of scalars: String?, start: Bool, end: Bool) -> String {
    let set = scalars.map { Set($0.unicodeScalars) }
    func goes(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? scalar.isPythonSpace }
    var rest = text.unicodeScalars[...]
    if start { rest = rest.drop(while: goes) }
    if end { while let last = rest.last, goes(last) { rest.removeLast() } }
    return String(rest)
  }

  /// Where a part begins in text, as offsets of UTF-8 bytes, without overlaps (Knuth, Morris and
  /// Pratt 1977, doi:10.1137/0206024); an empty part is nowhere.
  static func places(of part: String, in text: String, atMost limit: Int = .max) -> [Int] {
    places(of: Array(part.utf8), in: text.utf8, atMost: limit)
  }

  /// Where bytes begin in others, without overlaps.
  static func places(
    of part: [UInt8],
    in text: some Sequence<UInt8>,
    atMost limit: Int = .max
  ) -> [Int] {
    guard !part.isEmpty, limit > 0 else { return [] }
    var borders = [Int](repeating: 0, count: part.count)
    var length = 0
    for index in part.indices.dropFirst() {
      while length > 0, part[index] != part[length] { length = borders[length - 1] }
      if part[index] == part[length] { length += 1 }
      borders[index] = length
    }
    var places: [Int] = []
    var matched = 0
    for (index, byte) in text.enumerated() {
      while matched > 0, byte != part[matched] { matched = borders[matched - 1] }
      if byte == part[matched] { matched += 1 }
      if matched == part.count {
        places.append(index + 1 - part.count)
        if places.count == limit { break }
        matched = 0
      }
    }
    return places
  }

  /// Whether a part stands in text; an empty one always does.
  static func contains(_ text: String, _ part: String) -> Bool {
    part.isEmpty || !places(of: part, in: text, atMost: 1).isEmpty
  }

  /// The pieces between the places of a separator.
  static func pieces(_ text: String, at places: [Int], length: Int) -> [String] {
    let bytes = Array(text.utf8)
    var pieces: [String] = []
    var start = 0
    for place in places {
      pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
      start = place + length
    }
    pieces.append(String(decoding: bytes[start...], as: UTF8.self))
    return pieces
  }

  /// Text with each place of a part replaced, at most `limit` of them from the left.
  static func replacing(
    _ part: String,
    with other: String,
    in text: String,
    atMost limit: Int
  ) -> String {
    if !part.isEmpty {
      let places = places(of: part, in: text, atMost: limit)
      return pieces(text, at: places, length: part.utf8.count).joined(separator: other)
    }
    // The empty part stands before each scalar and at the end.
    var result = String.UnicodeScalarView()
    var left = limit
    for scalar in text.unicodeScalars {
      if left > 0 {
        result.append(contentsOf: other.unicodeScalars)
        left -= 1
      }
      result.append(scalar)
    }
    if left > 0 { result.append(contentsOf: other.unicodeScalars) }
    return String(result)
  }

  /// The words between white space, with what is left after `limit` splits as the last.
  static func words(_ text: String, atMost limit: Int) -> [String] {
    var words: [String] = []
    var rest = text.unicodeScalars.drop { $0.isPythonSpace }
    while !rest.isEmpty {
      if words.count == limit {
        words.append(String(rest))
        break
      }
      let word = rest.prefix { !$0.isPythonSpace }
      words.append(String(word))
      rest = rest[word.endIndex...].drop { $0.isPythonSpace }
    }
    return words
  }

  /// The words between white space, split from the right.
  static func wordsFromRight(_ text: String, atMost limit: Int) -> [String] {
    var words: [String] = []
    var rest = text.unicodeScalars[...]
    func trim() { while let last = rest.last, last.isPythonSpace { rest.removeLast() } }
    trim()
    while !rest.isEmpty {
      if words.count == limit {
        words.append(String(rest))
        break
      }
      var word: [Unicode.Scalar] = []
      while let last = rest.last, !last.isPythonSpace { word.append(rest.removeLast()) }
      words.append(String(scalars: word.reversed()))
      trim()
    }
    return words.reversed()
  }

  /// The lines of text, with or without their ends.
  static func lines(_ text: String, keepingEnds: Bool) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar.isPythonLineBreak else {
        line.append(scalar)
        continue
      }
      if keepingEnds { line.append(scalar) }
      if scalar == "\r", rest.first == "\n" {
        rest.removeFirst()
        if keepingEnds { line.append("\n") }
      }
      lines.append(String(line))
      line = .init()
    }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }

  /// Text as `repr` writes it.
  static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\":
        result.append("\\")
        result.append(scalar)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case _ where scalar.isPythonPrintable: result.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let (letter, width) =
          digits.count <= 2 ? ("x", 2) : digits.count <= 4 ? ("u", 4) : ("U", 8)
        let zeros = String(repeating: "0", count: width - digits.count)
        result.append(contentsOf: ("\\" + letter + zeros + digits).unicodeScalars)
      }
    }
    result.append(quote)
    return String(result)
  }

  /// A string with the marks of HTML escaped; text that is marked stays as it is.
  static func escaped(_ value: PythonValue) -> String {
    switch value {
    case .markup(let text): text
    case .string(let text): escaped(text)
    default: ""
    }
  }

  /// Text with the marks of HTML escaped.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\"": result.append(contentsOf: "&#34;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
