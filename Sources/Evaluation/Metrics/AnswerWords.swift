import Foundation

/// How "the answer contains an accepted answer" reads a text.
///
/// 1. Canonical composition (NFC) and lower case.
/// 2. A word is a run of letters, marks and digits; everything else separates, so hyphens,
///    apostrophes and quotation marks do not matter. `4` is not in `4L`, nor `TW-40` in `TW-400`.
/// 3. Currency signs separate; `%` and `‰` are the words `percent` and `permille`.
/// 4. Numbers: groups of three digits joined by a comma, an apostrophe, a no-break or a thin blank
///    are one number (`3,480` is `3480`); a plain blank never joins. A point between digits is a
///    decimal point when it is the only one, and zeros at the end of the fraction do not count
///    (`3480.00` is `3480`, `12.50` is `12.5`); with several points (`1.10.2`) nothing is changed.
///    A comma elsewhere separates: a decimal comma is not read.
/// 5. A minus sign or hyphen belongs to the number behind it when nothing, a blank or an opening
///    bracket stands in front (`-5`, not `10-5`).
/// 6. A leading article (a, an, the) of the accepted answer is left out when a word of letters
///    follows.
enum AnswerWords {
  /// The words of a text under rules 1 to 5.
  static func read(_ text: String) -> [String] {
    let scalars = Array(composed(text).lowercased().unicodeScalars)
    var words: [String] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if let sign = signs[scalar] { words.append(sign) }
      guard isWord(scalar) else {
        index += 1
        continue
      }
      let isNegative = isDigit(scalar) && hasMinus(before: index, in: scalars)
      if let number = AnswerNumber(scalars, at: index) {
        words.append((isNegative ? "-" : "") + number.text)
        index = number.end
      } else {
        let start = index
        while index < scalars.count, isWord(scalars[index]) { index += 1 }
        words.append((isNegative ? "-" : "") + string(of: scalars[start..<index]))
      }
    }
    return words
  }

  /// Runs of letters, marks and digits in lower case, with no rule for numbers.
  static func plain(_ text: String) -> [String] {
    let scalars = composed(text).lowercased().unicodeScalars
    return scalars.split { !isWord($0) }.map { String($0) }
  }

  /// The text in canonical composition (NFC), which ASCII is in already.
  static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  static func withoutLeadingArticle(_ words: [String]) -> [String] {
    guard words.count > 1, ["a", "an", "the"].contains(words[0]),
      words[1].unicodeScalars.allSatisfy({ isWord($0) && !isDigit($0) })
    else { return words }
    return Array(words.dropFirst())
  }

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    // The tables are slow, and most text is ASCII.
    if scalar.isASCII {
      return isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  static func string(of scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static let signs: [Unicode.Scalar: String] = ["%": "percent", "\u{2030}": "permille"]

  private static func hasMinus(before index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard index > 0, scalars[index - 1] == "-" || scalars[index - 1] == "\u{2212}" else {
      return false
    }
    guard index > 1 else { return true }
    let before = scalars[index - 2]
    return before.properties.isWhitespace || ["(", "[", "{"].contains(before)
      || before.properties.generalCategory == .currencySymbol
  }
}
