/// Finds account and identity numbers that hold letters: IBAN, UK NINO, Spanish DNI and NIE, Italian
/// codice fiscale.
enum LetteredNumberFinder {
  /// The numbers of a text.
  static func find(_ bytes: [UInt8]) -> [PersonalData] {
    var found: [PersonalData] = []
    var index = 0
    while index < bytes.count {
      guard ASCIIText.isAlphanumeric(bytes[index]),
        index == 0 || !ASCIIText.isWord(bytes[index - 1])
      else {
        index += 1
        continue
      }
      if let match = iban(bytes, at: index) ?? nino(bytes, at: index)
        ?? spanish(bytes, at: index) ?? italian(bytes, at: index)
      {
        found.append(match)
        index = match.range.upperBound
      } else {
        while index < bytes.count, ASCIIText.isWord(bytes[index]) { index += 1 }
      }
    }
    return found
  }

  /// The next `count` letters and digits as capitals, single blanks, hyphens and points between them
  /// passed over, with the place after them; nil where a word goes on or there are fewer.
  private static func characters(
    _ bytes: [UInt8],
    at start: Int,
    count: Int
  ) -> (text: [UInt8], end: Int)? {
    var text: [UInt8] = []
    var index = start
    while index < bytes.count, text.count < count {
      let byte = bytes[index]
      if ASCIIText.isAlphanumeric(byte) {
        text.append(ASCIIText.isLower(byte) ? byte - 32 : byte)
      } else if [0x20, 0x2D, 0x2E].contains(byte), index + 1 < bytes.count,
        ASCIIText.isAlphanumeric(bytes[index + 1])
      {
        // A separator.
      } else {
        return nil
      }
      index += 1
    }
    guard text.count == count, index == bytes.count || !ASCIIText.isWord(bytes[index]) else {
      return nil
    }
    return (text, index)
  }

  /// Lengths by country, from the IBAN registry of SWIFT.
  private static let ibanLengths: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20,
    "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18,
    "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30,
    "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24,
    "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28,
    "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24,
    "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
  ]

  private static func iban(_ bytes: [UInt8], at start: Int) -> PersonalData? {
    guard start + 15 <= bytes.count, ASCIIText.isLetter(bytes[start]),
      ASCIIText.isLetter(bytes[start + 1]), ASCIIText.isDigit(bytes[start + 2]),
      ASCIIText.isDigit(bytes[start + 3])
    else { return nil }
    let country = String(decoding: bytes[start...(start + 1)], as: UTF8.self).uppercased()
    guard let length = ibanLengths[country],
      let (text, end) = characters(bytes, at: start, count: length),
      CheckDigits.mod97(Array(text[4...] + text[..<4])) == 1
    else { return nil }
    return PersonalData(.iban, "IBAN", start..<end, bytes)
  }

  private static func nino(_ bytes: [UInt8], at start: Int) -> PersonalData? {
    guard start + 9 <= bytes.count, ASCIIText.isUpper(bytes[start]),
      ASCIIText.isUpper(bytes[start + 1]), let (text, end) = characters(bytes, at: start, count: 9)
    else { return nil }
    let isForm =
      ASCIIText.isUpper(text[1]) && text[2...7].allSatisfy(ASCIIText.isDigit)
      && (0x41...0x44).contains(text[8])
    let prefix = String(decoding: text[..<2], as: UTF8.self)
    guard isForm, !"DFIQUV".utf8.contains(text[0]), !"DFIQUVO".utf8.contains(text[1]),
      !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(prefix)
    else { return nil }
    return PersonalData(.nationalID, "UK NINO", start..<end, bytes)
  }

  private static func spanish(_ bytes: [UInt8], at start: Int) -> PersonalData? {
    guard let (text, end) = characters(bytes, at: start, count: 9), let letter = text.last,
      text[1...7].allSatisfy(ASCIIText.isDigit)
    else { return nil }
    var number = Array(text.dropLast())
    var name = "ES DNI"
    if let place = "XYZ".utf8.firstIndex(of: number[0]) {
      number[0] = 0x30 + UInt8("XYZ".utf8.distance(from: "XYZ".utf8.startIndex, to: place))
      name = "ES NIE"
    } else if !ASCIIText.isDigit(number[0]) {
      return nil
    }
    let value = ASCIIText.digits(number).reduce(0) { $0 * 10 + $1 }
    guard letter == Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[value % 23] else { return nil }
    return PersonalData(.nationalID, name, start..<end, bytes)
  }

  private static func italian(_ bytes: [UInt8], at start: Int) -> PersonalData? {
    guard ASCIIText.isLetter(bytes[start]),
      let (text, end) = characters(bytes, at: start, count: 16)
    else { return nil }
    let letters = [0, 1, 2, 3, 4, 5, 8, 11, 15]
    guard text.indices.allSatisfy({ letters.contains($0) == ASCIIText.isLetter(text[$0]) }) else {
      return nil
    }
    // Values of characters in odd places, 0–9 then A–Z.
    let odd = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6,
      8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
    let sum = text.dropLast().enumerated().reduce(0) { sum, item in
      let isDigit = ASCIIText.isDigit(item.element)
      let value = Int(item.element) - (isDigit ? 0x30 : 0x41)
      return sum + (item.offset % 2 == 1 ? value : odd[isDigit ? value : value + 10])
    }
    guard Int(text[15]) - 0x41 == sum % 26 else { return nil }
    return PersonalData(.nationalID, "IT codice fiscale", start..<end, bytes)
  }
}
