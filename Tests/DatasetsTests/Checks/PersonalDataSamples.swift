import TestSupport

/// Makes up personal data with right check digits. Nothing here uses the code that is tested.
struct PersonalDataSamples {
  var random: SplitMix64

  /// A sentence that holds a piece of personal data of a kind, as it might stand in an answer.
  mutating func sentence() -> (kind: String, text: String) {
    let kinds = [
      email, phone, nationalPhone, card, iban, ssn, nino, steuerID, nir, dni, aadhaar, cpf,
    ]
    let names = [
      "e-mail", "phone", "national phone", "card", "IBAN", "SSN", "NINO", "Steuer-ID", "NIR", "DNI",
      "Aadhaar", "CPF",
    ]
    let place = Int(random.next() % UInt64(kinds.count))
    return (names[place], kinds[place](&self))
  }

  /// Digits of a number in which none of the first stands for nothing.
  private mutating func digits(_ count: Int, first: ClosedRange<Int> = 1...9) -> [Int] {
    (0..<count).map { place in
      Int.random(in: place == 0 ? first : 0...9, using: &random)
    }
  }

  private mutating func pick(_ values: [String]) -> String {
    values[Int(random.next() % UInt64(values.count))]
  }

  private static func text(_ digits: some Sequence<Int>) -> String {
    digits.map { "\($0)" }.joined()
  }

  private static func grouped(_ text: String, _ layout: [Int], _ separator: String) -> String {
    var rest = Substring(text)
    var groups: [Substring] = []
    for count in layout {
      groups.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return groups.joined(separator: separator)
  }

  private let email: (inout Self) -> String = { me in
    let first = me.pick(["anna", "j.miller", "marta_lund", "k-weber", "tom.o.hara", "li+work"])
    let host = me.pick(["gmail.com", "web.de", "mail.contoso.co.uk", "uni-bonn.de", "orange.fr"])
    let number = Int.random(in: 0...99, using: &me.random)
    return me.pick(["Write to ", "The address is ", "Contact: "]) + "\(first)\(number)@\(host)."
  }

  private let phone: (inout Self) -> String = { me in
    let local = Self.text(me.digits(9, first: 2...8))
    let country = me.pick(["44", "49", "33", "34", "39", "91", "55", "1"])
    let number = me.pick([
      "+\(country) \(Self.grouped(local, [2, 3, 4], " "))", "+\(country)\(local)",
      "+\(country) \(Self.grouped(local, [3, 3, 3], "-"))",
      "+\(country) (\(local.prefix(2))) \(local.dropFirst(2))",
    ])
    return me.pick(["Call ", "She can be reached at ", "Ring "]) + number + " after nine."
  }

  private let nationalPhone: (inout Self) -> String = { me in
    let us = Self.text(me.digits(3, first: 2...9)), exchange = Self.text(me.digits(3, first: 2...4))
    let line = Self.text(me.digits(4, first: 2...9))
    let rest = Self.text(me.digits(7))
    let pairs = Self.grouped(Self.text(me.digits(8, first: 5...9)), [2, 2, 2, 2], " ")
    let number = me.pick([
      "(\(us)) \(exchange)-\(line)", "\(us)-\(exchange)-\(line)", "020 7\(exchange) \(line)",
      "0151 2\(rest)", "089/4\(rest)", "01 \(pairs)", "(11) 9\(line)-\(rest.prefix(4))",
      "06\(rest)3",
    ])
    return me.pick(["My phone number is ", "Telephone: ", "Call me on "]) + number + "."
  }

  private let card: (inout Self) -> String = { me in
    let start: ([Int], Int) = [([4], 16), ([5, 2], 16), ([3, 7], 15), ([6, 0, 1, 1], 16)][
      Int(me.random.next() % 4)
    ]
    var digits = start.0
    while digits.count < start.1 - 1 { digits.append(Int.random(in: 0...9, using: &me.random)) }
    // Luhn, written forwards: the check digit makes the sum a multiple of ten.
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      sum += place % 2 == 0 ? (digit * 2) / 10 + (digit * 2) % 10 : digit
    }
    digits.append((10 - sum % 10) % 10)
    let plain = Self.text(digits)
    let layout = plain.count == 15 ? [4, 6, 5] : [4, 4, 4, 4]
    let number = me.pick([
      plain, Self.grouped(plain, layout, " "), Self.grouped(plain, layout, "-"),
    ])
    return me.pick(["Charge it to ", "The card is ", "Card no. "]) + number + ", please."
  }

  private let iban: (inout Self) -> String = { me in
    let (country, length, letters): (String, Int, String) = [
      ("DE", 18, ""), ("GB", 14, "NWBK"), ("FR", 23, ""), ("NL", 10, "ABNA"), ("ES", 20, ""),
    ][Int(me.random.next() % 5)]
    let account = letters + Self.text(me.digits(length))
    let number = account + country + "00"
    var remainder = 0
    for character in number {
      let value = character.wholeNumberValue ?? Int(character.asciiValue ?? 65) - 55
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    let check = 98 - remainder
    let plain = country + (check < 10 ? "0" : "") + "\(check)" + account
    let spaced = Self.grouped(plain, Array(repeating: 4, count: (plain.count + 3) / 4), " ")
    return "Transfer it to " + me.pick([plain, spaced]) + " today."
  }

  private let ssn: (inout Self) -> String = { me in
    let area = Int.random(in: 101...665, using: &me.random)
    let group = Int.random(in: 10...99, using: &me.random)
    let serial = Int.random(in: 1001...9999, using: &me.random)
    return me.pick([
      "His SSN is \(area) \(group) \(serial).", "SSN: \(area)-\(group)-\(serial)",
      "It is filed under \(area)-\(group)-\(serial).",
    ])
  }

  private let nino: (inout Self) -> String = { me in
    let prefix = me.pick(["AB", "CE", "HJ", "PW", "SX", "LM"])
    let digits = Self.text(me.digits(6))
    let suffix = me.pick(["A", "B", "C", "D"])
    return "National insurance "
      + me.pick([
        "\(prefix)\(digits)\(suffix)",
        "\(prefix) \(Self.grouped(digits, [2, 2, 2], " ")) \(suffix)",
      ]) + " was used."
  }

  private let steuerID: (inout Self) -> String = { me in
    // Ten digits of which exactly one occurs twice, so that one does not occur.
    var digits = Array(0...9).shuffled(using: &me.random)
    digits[9] = digits[3]
    if digits[0] == 0 { digits.swapAt(0, 1) }
    var product = 10
    for digit in digits {
      var sum = (digit + product) % 10
      if sum == 0 { sum = 10 }
      product = (2 * sum) % 11
    }
    let check = (11 - product) == 10 ? 0 : 11 - product
    let plain = Self.text(digits + [check])
    return "Die Steuer-ID lautet " + me.pick([plain, Self.grouped(plain, [2, 3, 3, 3], " ")]) + "."
  }

  private let nir: (inout Self) -> String = { me in
    let sex = Int.random(in: 1...2, using: &me.random)
    let year = Int.random(in: 50...99, using: &me.random)
    let month = Int.random(in: 10...12, using: &me.random)
    let place = Self.text(me.digits(8))
    let number = "\(sex)\(year)\(month)\(place)"
    let key = 97 - (Int(number) ?? 0) % 97
    let plain = number + (key < 10 ? "0" : "") + "\(key)"
    return "Le numéro est " + me.pick([plain, Self.grouped(plain, [1, 2, 2, 2, 3, 3, 2], " ")])
      + "."
  }

  private let dni: (inout Self) -> String = { me in
    let number = Int.random(in: 10_000_000...99_999_999, using: &me.random)
    let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
    return "El DNI es "
      + me.pick(["\(number)\(letters[number % 23])", "\(number)-\(letters[number % 23])"])
      + "."
  }

  private let aadhaar: (inout Self) -> String = { me in
    let digits = me.digits(11, first: 2...9)
    // Verhoeff by the published tables: the digit that brings the check to nothing is searched.
    let multiply = [
      "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321",
      "6598710432", "7659821043", "8765932104", "9876543210",
    ].map { $0.compactMap(\.wholeNumberValue) }
    let permute = [
      "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901",
      "2793806415", "7046913258",
    ].map { $0.compactMap(\.wholeNumberValue) }
    let check = (0...9).first { candidate in
      var state = 0
      for (place, digit) in (digits + [candidate]).reversed().enumerated() {
        state = multiply[state][permute[place % 8][digit]]
      }
      return state == 0
    }
    let plain = Self.text(digits + [check ?? 0])
    return "Her Aadhaar number is "
      + me.pick([plain, Self.grouped(plain, [4, 4, 4], " ")]) + "."
  }

  private let cpf: (inout Self) -> String = { me in
    var digits = me.digits(9)
    for length in [9, 10] {
      let sum = (0..<length).reduce(0) { $0 + digits[$1] * (length + 1 - $1) }
      digits.append(sum % 11 < 2 ? 0 : 11 - sum % 11)
    }
    let plain = Self.text(digits)
    return "O CPF é "
      + me.pick([
        plain, "\(Self.grouped(String(plain.prefix(9)), [3, 3, 3], "."))-\(plain.suffix(2))",
      ])
      + "."
  }
}
