/// Numbers by which states know persons, written with digits only. Those with letters are found by
/// ``LetteredNumberFinder``.
enum NationalID {
  /// The country and name of the number; nil where it is none.
  static func name(of run: DigitRun) -> String? {
    let digits = run.digits
    guard !run.hasPlus else { return nil }
    switch digits.count {
    case 9: return american(run, digits) ?? dutch(run, digits) ?? canadian(run, digits)
    case 10: return swedish(run, digits)
    case 11: return brazilian(run, digits) ?? german(run, digits) ?? polish(run, digits)
    case 12: return indian(run, digits)
    case 15: return french(run, digits)
    case 18: return chinese(run, digits)
    default: return nil
    }
  }

  private static func american(_ run: DigitRun, _ digits: [Int]) -> String? {
    let (area, group, serial) = (
      DigitRun.value(digits[0..<3]), DigitRun.value(digits[3..<5]), DigitRun.value(digits[5...])
    )
    guard area > 0, area != 666, area < 900, group > 0, serial > 0,
      digits != [1, 2, 3, 4, 5, 6, 7, 8, 9]
    else { return nil }
    let isWritten = run.layout == [3, 2, 4] && run.isUniform(["-"])
    let isNamed =
      (run.layout == [3, 2, 4] && run.isUniform() || run.layout == [9])
      && run.hasContext(["ssn", "social security"])
    return isWritten || isNamed ? "US SSN" : nil
  }

  private static func dutch(_ run: DigitRun, _ digits: [Int]) -> String? {
    guard run.isUniform(), run.hasContext(["bsn", "burgerservicenummer", "sofinummer"]),
      CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
    else { return nil }
    return "NL BSN"
  }

  private static func canadian(_ run: DigitRun, _ digits: [Int]) -> String? {
    guard run.layout == [3, 3, 3] || run.layout == [9], run.isUniform(),
      run.hasContext(["sin", "social insurance"]), digits[0] != 0, CheckDigits.luhn(digits)
    else { return nil }
    return "CA SIN"
  }

  private static func swedish(_ run: DigitRun, _ digits: [Int]) -> String? {
    guard run.layout == [6, 4], run.isUniform(["-"]), isDate(digits[2..<4], digits[4..<6]),
      CheckDigits.luhn(digits)
    else { return nil }
    return "SE personnummer"
  }

  private static func brazilian(_ run: DigitRun, _ digits: [Int]) -> String? {
    let isWritten = run.layout == [3, 3, 3, 2] && Array(run.inner) == [".", ".", "-"]
    guard isWritten || run.layout == [11] && run.hasContext(["cpf"]) else { return nil }
    let first = CheckDigits.weighted(digits[..<9], (2...10).reversed()) * 10 % 11 % 10
    let second = CheckDigits.weighted(digits[..<10], (2...11).reversed()) * 10 % 11 % 10
    return first == digits[9] && second == digits[10] ? "BR CPF" : nil
  }

  private static func german(_ run: DigitRun, _ digits: [Int]) -> String? {
    let isWritten = run.layout == [2, 3, 3, 3] && run.isUniform([" "])
    let isNamed = run.hasContext([
      "steuer", "idnr", "id-nr", "identifikationsnummer", "tax id", "tax number", "tin",
      "tax identification",
    ])
    guard isWritten || run.layout == [11] && isNamed, digits[0] != 0 else { return nil }
    // Among the first ten digits one occurs twice or three times, the others once at most.
    var counts = [Int](repeating: 0, count: 10)
    for digit in digits.dropLast() { counts[digit] += 1 }
    guard counts.count(where: { $0 > 1 }) == 1, (counts.max() ?? 0) <= 3,
      CheckDigits.mod11And10(digits)
    else { return nil }
    return "DE Steuer-ID"
  }

  private static func polish(_ run: DigitRun, _ digits: [Int]) -> String? {
    guard run.layout == [11], isDate([digits[2] % 2, digits[3]], digits[4..<6]),
      (10 - CheckDigits.weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == digits[10],
      run.hasContext(["pesel"])
    else { return nil }
    return "PL PESEL"
  }

  private static func indian(_ run: DigitRun, _ digits: [Int]) -> String? {
    let isWritten = run.layout == [4, 4, 4] && run.isUniform([" ", "-"])
    guard isWritten || run.layout == [12] && run.hasContext(["aadhaar", "aadhar", "uidai"]),
      digits[0] >= 2, CheckDigits.verhoeff(digits)
    else { return nil }
    return "IN Aadhaar"
  }

  private static func french(_ run: DigitRun, _ digits: [Int]) -> String? {
    let layouts = [[15], [13, 2], [1, 2, 2, 2, 3, 3, 2]]
    let month = DigitRun.value(digits[3..<5])
    guard layouts.contains(run.layout), run.isUniform([" "]),
      [1, 2, 3, 4, 7, 8].contains(digits[0]),
      (1...12).contains(month) || (20...42).contains(month) || month >= 50,
      97 - DigitRun.value(digits[..<13]) % 97 == DigitRun.value(digits[13...])
    else { return nil }
    return "FR NIR"
  }

  private static func chinese(_ run: DigitRun, _ digits: [Int]) -> String? {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let check = (12 - CheckDigits.weighted(digits, weights) % 11) % 11
    guard run.layout == [18], isDate(digits[10..<12], digits[12..<14]), check == digits[17],
      [1, 2].contains(digits[6])
    else { return nil }
    return "CN resident ID"
  }

  private static func isDate(_ month: some Collection<Int>, _ day: some Collection<Int>) -> Bool {
    (1...12).contains(DigitRun.value(month)) && (1...31).contains(DigitRun.value(day))
  }
}
