/// Writes the numbers of list items: 3, c, iii, 03.
enum OrdinalText {
  /// Writes a number in the shape that office formats call `lowerLetter`, `upperRoman` and so on;
  /// other shapes are written as plain numbers.
  static func write(_ number: Int, as shape: String) -> String {
    guard (1...4999).contains(number) else { return "\(number)" }
    switch shape {
    case "lowerLetter", "alphaLc": return letters(number)
    case "upperLetter", "alphaUc": return letters(number).uppercased()
    case "lowerRoman", "romanLc": return roman(number)
    case "upperRoman", "romanUc": return roman(number).uppercased()
    case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
    case "none": return ""
    default: return "\(number)"
    }
  }

  /// a … z, aa, bb: the letter is repeated.
  private static func letters(_ number: Int) -> String {
    let letter = UInt8(ascii: "a") + UInt8((number - 1) % 26)
    return String(repeating: Character(Unicode.Scalar(letter)), count: (number - 1) / 26 + 1)
  }

  private static func roman(_ number: Int) -> String {
    let steps = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    var rest = number
    var result = ""
    for (value, letters) in steps {
      while rest >= value {
        result += letters
        rest -= value
      }
    }
    return result
  }
}
