/// Words before a full stop that does not end a sentence.
enum Abbreviations {
  /// Whether the word that ends at `end` is an abbreviation, an initial, or a list number.
  /// `next` is the first scalar behind the stop.
  static func holds(
    _ scalars: ArraySlice<Unicode.Scalar>,
    from start: Int,
    upTo end: Int,
    next: Unicode.Scalar
  ) -> Bool {
    var begin = end
    while begin > start, end - begin < 12, isWordPart(scalars[begin - 1]) { begin -= 1 }
    guard begin < end else { return false }
    let word = scalars[begin..<end]
    let isFirst = scalars[start..<begin].allSatisfy(\.isSpace)
    if word.allSatisfy({ $0.properties.numericType != nil }) { return isFirst }
    if word.count == 1, let letter = word.first {
      return letter.properties.isUppercase && letter != "I" || isFirst
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: word)
    text = text.lowercased()
    if beforeNumbers.contains(text) { return next.properties.numericType != nil }
    if text.contains(".") { return text.split(separator: ".").allSatisfy { $0.count <= 2 } }
    return always.contains(text)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static let always: Set<String> = [
    "dr", "mr", "mrs", "ms", "prof", "rev", "hon", "st", "sr", "jr", "gen", "col", "capt", "lt",
    "sgt", "messrs", "mme", "mlle", "vs", "etc", "approx", "dept", "est", "incl", "excl", "resp",
    "inc", "ltd", "co", "corp", "bros", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "ca", "cf", "bzw", "usw", "evtl", "ggf", "inkl", "zzgl", "hr",
    "fr", "str", "tel", "ext",
  ]

  private static let beforeNumbers: Set<String> = [
    "no", "nos", "nr", "fig", "figs", "sec", "sect", "ch", "chap", "vol", "art", "par", "para",
    "p", "pp", "eq", "ref", "rev", "ver", "pos", "item", "abs",
  ]
}
