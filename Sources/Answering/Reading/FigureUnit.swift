/// Finds the unit that a passage gives a figure: a bare "35" is no answer where "35 °C" stands.
enum FigureUnit {
  /// A range that ends in a figure, with the unit behind it and the currency before it; the range itself
  /// where there is none.
  ///
  /// - Parameters:
  ///   - range: in `scalars`, and not empty.
  ///   - scalars: the passage's.
  /// - Returns: the range of the whole measure.
  static func extended(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int> {
    guard endsInFigure(range, scalars) else { return range }
    if let end = unit(behind: range.upperBound, scalars) { return range.lowerBound..<end }
    if let start = currency(before: range.lowerBound, scalars) { return start..<range.upperBound }
    return range
  }

  /// Words that stand between a figure and its unit.
  private static let qualifiers: Set<String> = [
    "working", "calendar", "business", "square", "cubic",
  ]
  private static let currencies: Set<String> = ["$", "€", "£", "¥", "kr"]

  private static func endsInFigure(_ range: Range<Int>, _ scalars: [Unicode.Scalar]) -> Bool {
    if isDigit(scalars[range.upperBound - 1]) {
      // Part of "35.5" or "35,000" is another figure.
      let next = range.upperBound
      return
        !(next + 1 < scalars.count && (scalars[next] == "." || scalars[next] == ",")
        && isDigit(scalars[next + 1]))
    }
    var start = range.upperBound
    while start > range.lowerBound, isLetter(scalars[start - 1]) { start -= 1 }
    return NumberWords.values[word(start..<range.upperBound, scalars)] != nil
  }

  private static func unit(behind end: Int, _ scalars: [Unicode.Scalar]) -> Int? {
    var place = end
    if place < scalars.count, isBlank(scalars[place]) { place += 1 }
    guard place < scalars.count else { return nil }
    if scalars[place] == "%" || scalars[place] == "€" { return place + 1 }
    if scalars[place] == "°" { return letters(from: place + 1, scalars).upperBound }
    var found = letters(from: place, scalars)
    if qualifiers.contains(word(found, scalars)), found.upperBound < scalars.count,
      isBlank(scalars[found.upperBound])
    {
      found = letters(from: found.upperBound + 1, scalars)
    }
    // Such as "hours", but not the "m" of "m/s", which would be another unit.
    let isCut = found.upperBound < scalars.count && scalars[found.upperBound] == "/"
    let name = word(found, scalars)
    return !isCut && NumberReader.units[name] != nil ? found.upperBound : nil
  }

  private static func currency(before start: Int, _ scalars: [Unicode.Scalar]) -> Int? {
    var place = start - 1
    if place > 0, isBlank(scalars[place]) { place -= 1 }
    guard place >= 0 else { return nil }
    if currencies.contains(String(scalars[place])) { return place }
    var first = place + 1
    while first > 0, isLetter(scalars[first - 1]) { first -= 1 }
    let unit = NumberReader.units[word(first..<place + 1, scalars)]
    return unit.map(currencies.contains) == true ? first : nil
  }

  private static func letters(from start: Int, _ scalars: [Unicode.Scalar]) -> Range<Int> {
    var end = start
    while end < scalars.count, isLetter(scalars[end]) { end += 1 }
    return start..<end
  }

  private static func word(_ range: Range<Int>, _ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars[range])).lowercased()
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}"
  }
}
