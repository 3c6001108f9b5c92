/// Finds the sentences of a text.
///
/// Sentences end at `. ! ?` and their relatives in other scripts and at line ends; abbreviations,
/// initials, decimals and list numbers do not end them.
public enum SentenceSplitter {
  /// The sentences as ranges of Unicode-scalar offsets, ascending, without white space or bullets
  /// around them.
  ///
  /// - Complexity: linear in the length of the text.
  public static func ranges(in text: String) -> [Range<Int>] {
    ranges(in: Array(text.unicodeScalars)[...])
  }

  /// As ``ranges(in:)-(String)``, for scalars; offsets count from the start of the slice.
  static func ranges(in scalars: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    let base = scalars.startIndex
    var start = base
    var position = base
    while position < scalars.endIndex {
      let scalar = scalars[position]
      if isLineEnd(scalar) {
        add(scalars[start..<position], base, &result)
        position += 1
        start = position
      } else if isTerminator(scalar) {
        let stop = afterTerminators(scalars, position)
        if ends(scalars, start: start, terminator: position, stop: stop) {
          add(scalars[start..<stop], base, &result)
          start = stop
        }
        position = stop
      } else {
        position += 1
      }
    }
    add(scalars[start...], base, &result)
    return result
  }

  private static func add(
    _ sentence: ArraySlice<Unicode.Scalar>,
    _ base: Int,
    _ result: inout [Range<Int>]
  ) {
    var rest = sentence
    while let first = rest.first, first.isSpace { rest = rest.dropFirst() }
    while let last = rest.last, last.isSpace { rest = rest.dropLast() }
    if let bullet = rest.first, "-*•‣▪–".unicodeScalars.contains(bullet),
      rest.dropFirst().first?.isSpace == true
    {
      rest = rest.dropFirst()
      while let first = rest.first, first.isSpace { rest = rest.dropFirst() }
    }
    guard !rest.isEmpty else { return }
    result.append((rest.startIndex - base)..<(rest.endIndex - base))
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "!", "?", "…": true
    default:
      scalar.value >= 0x80 && (isUnspacedTerminator(scalar) || isSpacedTerminator(scalar))
    }
  }

  /// Scripts that write no space after a sentence.
  private static func isUnspacedTerminator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "。", "！", "？", "｡", "．": true
    default: false
    }
  }

  /// Arabic, Urdu, Devanagari, Armenian, Ethiopic, Burmese, Khmer.
  private static func isSpacedTerminator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "؟", "۔", "।", "॥", "։", "።", "။", "។": true
    default: false
    }
  }

  /// The position after a run of terminators and the quotes and brackets that close with it.
  private static func afterTerminators(
    _ scalars: ArraySlice<Unicode.Scalar>,
    _ position: Int
  ) -> Int {
    var stop = position + 1
    while stop < scalars.endIndex, isTerminator(scalars[stop]) || isCloser(scalars[stop]) {
      stop += 1
    }
    return stop
  }

  private static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", ")", "]", "}", "”", "’", "»", "」", "』", "）", "】", "》": true
    default: false
    }
  }

  private static func ends(
    _ scalars: ArraySlice<Unicode.Scalar>,
    start: Int,
    terminator: Int,
    stop: Int
  ) -> Bool {
    if isUnspacedTerminator(scalars[terminator]) { return true }
    guard stop < scalars.endIndex else { return true }
    guard scalars[stop].isSpace else { return false }
    var next = stop
    while next < scalars.endIndex, scalars[next].isSpace, next - stop < 8 {
      if isLineEnd(scalars[next]) { return true }
      next += 1
    }
    guard next < scalars.endIndex else { return true }
    if scalars[next].properties.isLowercase { return isSpacedTerminator(scalars[terminator]) }
    guard scalars[terminator] == ".", stop == terminator + 1 else { return true }
    return !Abbreviations.holds(scalars, from: start, upTo: terminator, next: scalars[next])
  }
}
