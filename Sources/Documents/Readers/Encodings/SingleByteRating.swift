/// Rates how well a text reads in an encoding of one byte for each character.
enum SingleByteRating {
  /// Those that are tried besides Windows-1252.
  static let candidates: [CharacterSet] = [
    .windows1251, .koi8R, .windows1250, .windows1253, .windows1254, .windows1255, .windows1256,
  ]

  /// From 0 to 1: the share of the signs beyond ASCII that stand where such signs stand, best over
  /// the languages of the encoding.
  static func rate(_ sample: [UInt8], as set: CharacterSet) -> Double {
    guard let converter = CharacterConverter(set) else { return 0 }
    let scalars = (0..<256).map { byte in converter.scalar([UInt8(truncatingIfNeeded: byte)]) }
    let text = sample.map { scalars[Int($0)] }
    if let frequent = frequentLetters(set) { return rateScript(text, frequent: frequent) }
    return languages(set).map { rateLatin(text, letters: Set($0.unicodeScalars)) }.max() ?? 0
  }

  /// A script of its own: letters stand beside each other, not beside Latin ones.
  private static func rateScript(_ text: [Unicode.Scalar?], frequent: Set<Unicode.Scalar>) -> Double
  {
    var count = 0
    var sum = 0.0
    for (index, scalar) in text.enumerated() {
      guard let scalar else {
        count += 1
        continue
      }
      guard scalar.value >= 0x80 else { continue }
      count += 1
      if isTypographic(scalar) {
        sum += 0.8
        continue
      }
      guard scalar.value >= 0x370, scalar.properties.isAlphabetic else { continue }
      let before = index > 0 ? text[index - 1] : nil
      let after = index + 1 < text.count ? text[index + 1] : nil
      if isLatin(before) || isLatin(after) { continue }
      if frequent.contains(scalar) {
        sum += 1
      } else if scalar.properties.isUppercase {
        // In the wrong one of two Cyrillic encodings, small letters read as capitals.
        let followsSmall = before.map { $0.value >= 0x80 && $0.properties.isLowercase } ?? false
        sum += followsSmall ? 0 : 0.4
      } else {
        sum += 0.6
      }
    }
    return count == 0 ? 0 : sum / Double(count)
  }

  /// Latin letters with marks: single ones among plain letters, of one language's alphabet.
  private static func rateLatin(_ text: [Unicode.Scalar?], letters: Set<Unicode.Scalar>) -> Double {
    var count = 0
    var sum = 0.0
    var run = 0
    for (index, scalar) in text.enumerated() {
      if let scalar, scalar.value < 0x80 {
        run = 0
        continue
      }
      count += 1
      guard let scalar else { continue }
      if isTypographic(scalar) {
        sum += 0.9
        run = 0
        continue
      }
      run += 1
      let isInside = index > 0 && isLatin(text[index - 1])
      let isMisplaced = isInside && scalar.properties.isUppercase && isSmall(text[index - 1])
      if letters.contains(scalar), run <= 2, !isMisplaced { sum += 1 }
    }
    return count == 0 ? 0 : sum / Double(count)
  }

  private static func isLatin(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.value < 0x250 else { return false }
    return scalar.properties.isAlphabetic
  }

  private static func isSmall(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.value < 0x80 && $0.properties.isLowercase } ?? false
  }

  private static func isTypographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2013...0x2026, 0x20AC, 0x2122, 0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xBB, 0x2116: true
    default: false
    }
  }

  private static func frequentLetters(_ set: CharacterSet) -> Set<Unicode.Scalar>? {
    switch set {
    case .windows1251, .koi8R: Set("оеаинтсрвлкмдпуя".unicodeScalars)
    case .windows1253: Set("αοιετσνηυρπκμλςάέήίόύώ".unicodeScalars)
    case .windows1255: Set("יוהלאתמרבנשד".unicodeScalars)
    case .windows1256: Set("اليمونترببعدفهةسك".unicodeScalars)
    default: nil
    }
  }

  /// The letters beyond ASCII of the languages that an encoding is used for.
  private static func languages(_ set: CharacterSet) -> [String] {
    switch set {
    case .windows1252:
      [
        "äöüßÄÖÜ", "éèêàçùâîôûëïœÉÈÀÇÊŒ", "áéíóúñü¿¡ÁÉÍÓÚÑºª", "ãõçáéíóúâêôàÃÕÇÁÉÍÓÚÂÊ",
        "åäöæøéÅÄÖÆØ", "àèéìòùÈÀÒÙ", "éëïöüèê", "áéíóúýþæöðÁÉÍÓÚÝÞÆÖÐ", "£", "µ²³½¼×±",
      ]
    case .windows1250:
      [
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "áäčďéíĺľňóôŕšťúýžČŠŽÚĽ",
        "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "ăâîşţĂÂÎŞŢ", "čšžćđČŠŽĆĐ",
      ]
    case .windows1254: ["çğıöşüâîÇĞİÖŞÜ"]
    default: []
    }
  }
}
