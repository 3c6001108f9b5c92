/// Payment cards: issuer ranges and lengths as in ISO/IEC 7812, with Luhn's check digit.
enum CardNumber {
  /// Who issued the card; nil where it is none.
  static func issuer(of run: DigitRun) -> String? {
    let digits = run.digits
    guard (13...19).contains(digits.count), run.isUniform([" ", "-"]), !run.hasPlus,
      isGrouped(run.layout), let issuer = issuer(digits), CheckDigits.luhn(digits),
      Set(digits.dropFirst()).count > 1
    else { return nil }
    return issuer
  }

  /// In one piece, in fours, or as American Express and Diners print it.
  private static func isGrouped(_ layout: [Int]) -> Bool {
    switch layout {
    case [4, 6, 5], [4, 6, 4]: true
    default:
      layout.count == 1
        || layout.dropLast().allSatisfy { $0 == 4 } && (layout.last ?? 9) <= 4 && layout.count >= 4
    }
  }

  private static func issuer(_ digits: [Int]) -> String? {
    let count = digits.count
    let two = DigitRun.value(digits.prefix(2))
    let three = DigitRun.value(digits.prefix(3))
    let four = DigitRun.value(digits.prefix(4))
    switch (two, count) {
    case (40...49, 16), (40...49, 13), (40...49, 19): return "Visa"
    case (51...55, 16): return "Mastercard"
    case (34, 15), (37, 15): return "American Express"
    case (36, 14), (38, 14): return "Diners Club"
    case (62, 16...19): return "UnionPay"
    case (65, 16...19): return "Discover"
    default: break
    }
    if count == 16, (2221...2720).contains(four) { return "Mastercard" }
    if count >= 16, (3528...3589).contains(four) { return "JCB" }
    if count >= 16, four == 6011 || (644...649).contains(three) { return "Discover" }
    if count == 14, (300...305).contains(three) { return "Diners Club" }
    return nil
  }
}
