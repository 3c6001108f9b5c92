/// The check digits of cards, accounts and identity numbers. Each takes digits as numbers 0 to 9.
enum CheckDigits {
  /// Luhn's sum (ISO/IEC 7812-1, annex B).
  static func luhn(_ digits: [Int]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = place % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// The remainder of a number of any length written with digits and capitals, where A counts 10
  /// (ISO/IEC 7064, MOD 97-10).
  static func mod97(_ characters: [UInt8]) -> Int {
    var remainder = 0
    for byte in characters {
      switch byte {
      case 0x30...0x39: remainder = (remainder * 10 + Int(byte) - 0x30) % 97
      case 0x41...0x5A: remainder = (remainder * 100 + Int(byte) - 0x37) % 97
      default: return -1
      }
    }
    return remainder
  }

  /// MOD 11,10 of ISO/IEC 7064, as the German tax number has it.
  static func mod11And10(_ digits: [Int]) -> Bool {
    guard let check = digits.last else { return false }
    var product = 10
    for digit in digits.dropLast() {
      let sum = (digit + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (11 - product) % 10 == check
  }

  /// Verhoeff's dihedral check (1969), as the Indian Aadhaar number has it.
  static func verhoeff(_ digits: [Int]) -> Bool {
    var check = 0
    for (place, digit) in digits.reversed().enumerated() {
      var permuted = digit
      for _ in 0..<(place % 8) { permuted = permutation[permuted] }
      check = product(check, permuted)
    }
    return check == 0
  }

  /// The sum of digits times weights.
  static func weighted(_ digits: some Sequence<Int>, _ weights: some Sequence<Int>) -> Int {
    zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

  /// The product in the dihedral group of ten elements: 0–4 are turns, 5–9 reflections.
  private static func product(_ left: Int, _ right: Int) -> Int {
    switch (left < 5, right < 5) {
    case (true, true): (left + right) % 5
    case (true, false): (left + right - 5) % 5 + 5
    case (false, true): (left - 5 - right + 5) % 5 + 5
    case (false, false): (left - right + 5) % 5
    }
  }
}
