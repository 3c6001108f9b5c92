/// Counts a text's letters by script.
struct ScriptCounts {
  enum Script: Int, CaseIterable {
    case latin, cyrillic, arabic, greek, hebrew, devanagari, bengali, tamil, thai, georgian
    case armenian, hangul, kana, han
  }

  private var counts = [Int](repeating: 0, count: Script.allCases.count)

  mutating func count(_ scalar: Unicode.Scalar) {
    let script: Script? =
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: .latin
      case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
      case 0x400...0x52F: .cyrillic
      case 0x531...0x58F: .armenian
      case 0x5D0...0x5EA: .hebrew
      case 0x620...0x6FF, 0x750...0x77F: .arabic
      case 0x900...0x963: .devanagari
      case 0x980...0x9FF: .bengali
      case 0xB80...0xBFF: .tamil
      case 0xE01...0xE4E: .thai
      case 0x10A0...0x10FF: .georgian
      case 0x1100...0x11FF, 0xAC00...0xD7A3: .hangul
      case 0x3041...0x30FF: .kana
      case 0x3400...0x9FFF: .han
      default: nil
      }
    if let script { counts[script.rawValue] += 1 }
  }

  /// The script that most of the text is in. Japanese mixes two and is told by its own one; a Han
  /// character says as much as several letters.
  var main: Script? {
    var weighed = counts
    for script in [Script.han, .kana, .hangul] { weighed[script.rawValue] *= 3 }
    let total = weighed.reduce(0, +)
    guard total >= 12 else { return nil }
    let eastern = weighed[Script.han.rawValue] + weighed[Script.kana.rawValue]
    if eastern * 5 >= total * 3 {
      return weighed[Script.kana.rawValue] * 10 >= eastern ? .kana : .han
    }
    return Script.allCases.first { weighed[$0.rawValue] * 5 >= total * 3 }
  }
}
