/// How many letters of each script a text has.
struct ScriptCounts {
  private(set) var letters = 0
  private(set) var latin = 0
  private(set) var cyrillic = 0
  private var others: [String: Int] = [:]
  private var kana = 0

  /// Counts a letter; ideographs and syllables count three, as they stand for more.
  mutating func count(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF:
      letters += 1
      latin += 1
    case 0x400...0x52F:
      letters += 1
      cyrillic += 1
    case 0x370...0x3FF, 0x1F00...0x1FFF: add("el")
    case 0x590...0x5FF: add("he")
    case 0x600...0x6FF, 0x750...0x77F: add("ar")
    case 0x900...0x97F: add("hi")
    case 0x980...0x9FF: add("bn")
    case 0xB80...0xBFF: add("ta")
    case 0xE00...0xE7F: add("th")
    case 0x10A0...0x10FF: add("ka")
    case 0x530...0x58F: add("hy")
    case 0xAC00...0xD7A3: add("ko", 3)
    case 0x3041...0x30FF:
      add("ja", 3)
      kana += 3
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: add("zh", 3)
    default: break
    }
  }

  private mutating func add(_ language: String, _ weight: Int = 1) {
    letters += weight
    others[language, default: 0] += weight
  }

  /// The language that the script alone decides; nil for Latin and Cyrillic.
  var language: String? {
    var counts = others
    // Japanese is ideographs among kana.
    if kana > 0, let ideographs = counts["zh"], kana * 8 >= ideographs {
      counts["ja", default: 0] += ideographs
      counts["zh"] = nil
    }
    guard let top = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      top.value * 2 > letters
    else { return nil }
    return top.key
  }
}
