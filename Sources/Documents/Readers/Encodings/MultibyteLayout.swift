/// How the characters of the East Asian encodings lie in bytes, and which of them are everyday ones.
struct MultibyteLayout {
  let set: CharacterSet

  /// The length of the character that stands at an index, or nil where the bytes form none. ASCII
  /// and half-width characters take one byte.
  func length(_ bytes: [UInt8], at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch set {
    case .shiftJIS:
      if (0xA1...0xDF).contains(first) { return 1 }
      guard (0x81...0x9F).contains(first) || (0xE0...0xFC).contains(first) else { return nil }
      return (0x40...0xFC).contains(second) && second != 0x7F ? 2 : nil
    case .eucJP:
      guard second >= 0xA1, second != 0xFF else { return nil }
      if first == 0x8E { return second <= 0xDF ? 2 : nil }
      if first == 0x8F {
        return index + 2 < bytes.count && bytes[index + 2] >= 0xA1 ? 3 : nil
      }
      return (0xA1...0xFE).contains(first) ? 2 : nil
    case .gb18030:
      guard (0x81...0xFE).contains(first) else { return nil }
      if (0x30...0x39).contains(second) {
        guard index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]) else { return nil }
        return (0x30...0x39).contains(bytes[index + 3]) ? 4 : nil
      }
      return (0x40...0xFE).contains(second) && second != 0x7F ? 2 : nil
    case .big5:
      guard (0x81...0xFE).contains(first) else { return nil }
      return (0x40...0x7E).contains(second) || (0xA1...0xFE).contains(second) ? 2 : nil
    case .eucKR:
      guard (0x81...0xFE).contains(first) else { return nil }
      let isTrail =
        (0x41...0x5A).contains(second) || (0x61...0x7A).contains(second)
        || (0x81...0xFE).contains(second)
      return isTrail ? 2 : nil
    default: return 1
    }
  }

  /// From 0 to 1: how usual the character is in texts of this encoding, by its row in the standard.
  ///
  /// The standards put the kanji and hanzi of every day in rows of their own, before the rare ones.
  func usualness(_ first: UInt8, _ second: UInt8) -> Double {
    switch set {
    case .shiftJIS:
      switch first {
      case 0x81: return 0.6
      case 0x82: return second >= 0x9F ? 1 : 0.5
      case 0x83: return 0.8
      case 0x88...0x98: return 0.5
      case 0x99...0x9F, 0xE0...0xEA: return 0.1
      default: return 0.05
      }
    case .eucJP:
      switch first {
      case 0xA1: return 0.6
      case 0xA3: return 0.5
      case 0xA4: return 1
      case 0xA5: return 0.8
      case 0xB0...0xCF: return 0.5
      default: return 0.1
      }
    case .gb18030:
      guard second >= 0xA1 else { return 0.02 }
      switch first {
      case 0xA1, 0xA3: return 0.6
      case 0xB0...0xD7: return 0.5
      case 0xD8...0xF7: return 0.1
      default: return 0.02
      }
    case .big5:
      switch first {
      case 0xA1: return 0.6
      case 0xA4...0xC6: return 0.5
      case 0xC9...0xF9: return 0.1
      default: return 0.02
      }
    case .eucKR:
      guard second >= 0xA1 else { return 0.05 }
      switch first {
      case 0xA1, 0xA3: return 0.6
      case 0xB0...0xC8: return 0.5
      case 0xCA...0xFD: return 0.1
      default: return 0.05
      }
    default: return 0
    }
  }

  /// The characters met most often in texts of this encoding.
  var common: Set<Unicode.Scalar> {
    switch set {
    case .shiftJIS, .eucJP: CommonCharacters.japanese
    case .gb18030: CommonCharacters.simplifiedChinese
    case .big5: CommonCharacters.traditionalChinese
    case .eucKR: CommonCharacters.korean
    default: []
    }
  }
}
