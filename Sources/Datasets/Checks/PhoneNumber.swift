/// Telephone numbers: international ones by their plus sign, national ones by their form or by a word
/// before them.
enum PhoneNumber {
  private static let words = [
    "phone", "telephone", "tel", "call", "mobile", "cell", "fax", "whatsapp", "sms", "text me",
    "hotline", "telefon", "handy", "mobil", "rufnummer", "anrufen", "téléphone", "portable",
    "appelez", "teléfono", "móvil", "llame", "llama al", "telefono", "cellulare", "telefoon",
    "telefone", "celular", "reach me", "reach us", "dial", "ring",
  ]

  /// Whether the digits are a telephone number.
  static func isPhone(_ run: DigitRun) -> Bool {
    let digits = run.digits
    guard (7...15).contains(digits.count), isWrittenTogether(run), !isPlaceholder(digits) else {
      return false
    }
    if run.hasPlus { return digits.count >= 8 && digits[0] != 0 }
    if isAmerican(run, digits) || isEuropean(run, digits) || isBrazilian(run) { return true }
    return run.hasContext(words) && !isAmount(run)
  }

  /// Blanks, hyphens, points, slashes and one pair of brackets, as people write numbers.
  private static func isWrittenTogether(_ run: DigitRun) -> Bool {
    run.inner.allSatisfy {
      ["", " ", "-", ".", "/", ") ", ")", ")-", " (", "(", " - ", "-(", " / "].contains($0)
    }
  }

  /// Numbers kept free for fiction and instructions: 555-01xx, and counting up.
  private static func isPlaceholder(_ digits: [Int]) -> Bool {
    let national = digits.suffix(10)
    if national.count == 10 {
      let local = Array(national)
      if Array(local[3..<6]) == [5, 5, 5], local[6] == 0, local[7] == 1 { return true }
      if local == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] || local == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] {
        return true
      }
    }
    let isCountingUp = zip(digits, digits.dropFirst()).allSatisfy { ($0 + 1) % 10 == $1 }
    return isCountingUp || Set(digits).count == 1
  }

  /// (NXX) NXX-XXXX, NXX-NXX-XXXX, NXX.NXX.XXXX, with or without a leading 1.
  private static func isAmerican(_ run: DigitRun, _ digits: [Int]) -> Bool {
    guard run.layout == [3, 3, 4] || run.layout == [1, 3, 3, 4] && digits[0] == 1 else {
      return false
    }
    let local = Array(digits.suffix(10))
    guard local[0] >= 2, local[3] >= 2 else { return false }
    let inner = run.inner.suffix(2)
    return inner.allSatisfy { $0 == "-" } || inner.allSatisfy { $0 == "." }
      || inner.first?.hasPrefix(")") == true
  }

  /// A leading 0 with an area or network code: 020 7946 0958, 0151 23456789, 089/1234567,
  /// 01 23 45 67 89.
  private static func isEuropean(_ run: DigitRun, _ digits: [Int]) -> Bool {
    guard digits[0] == 0, digits.count >= 9, digits.count <= 12, digits.count < 2 || digits[1] != 0,
      run.groups.count >= 2
    else { return false }
    if run.layout == [2, 2, 2, 2, 2], run.isUniform() {
      let pairs = run.groups.map { DigitRun.value($0.digits) }
      let steps = Set(zip(pairs, pairs.dropFirst()).map { $1 - $0 })
      return steps.count > 1
    }
    guard (3...5).contains(run.layout[0]), run.layout.dropFirst().allSatisfy({ $0 >= 2 }) else {
      return false
    }
    return run.inner.allSatisfy { $0 != "." }
  }

  /// (11) 91234-5678.
  private static func isBrazilian(_ run: DigitRun) -> Bool {
    (run.layout == [2, 5, 4] || run.layout == [2, 4, 4]) && run.inner.first?.hasPrefix(")") == true
  }

  /// A number with groups of three, such as 1.234.567, is an amount.
  private static func isAmount(_ run: DigitRun) -> Bool {
    run.groups.count >= 2 && run.isUniform(["."]) && run.layout.dropFirst().allSatisfy { $0 == 3 }
  }
}
