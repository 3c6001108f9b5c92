/// A character set by the names that mails, web pages and old systems give it.
enum CharacterSet: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf7 = "UTF-7"
  case windows874 = "Windows-874"
  case windows1250 = "Windows-1250"
  case windows1251 = "Windows-1251"
  case windows1252 = "Windows-1252"
  case windows1253 = "Windows-1253"
  case windows1254 = "Windows-1254"
  case windows1255 = "Windows-1255"
  case windows1256 = "Windows-1256"
  case windows1257 = "Windows-1257"
  case windows1258 = "Windows-1258"
  case latin2 = "ISO-8859-2"
  case latin3 = "ISO-8859-3"
  case latin4 = "ISO-8859-4"
  case isoCyrillic = "ISO-8859-5"
  case isoArabic = "ISO-8859-6"
  case isoGreek = "ISO-8859-7"
  case isoHebrew = "ISO-8859-8"
  case latin6 = "ISO-8859-10"
  case latin7 = "ISO-8859-13"
  case latin8 = "ISO-8859-14"
  case latin9 = "ISO-8859-15"
  case latin10 = "ISO-8859-16"
  case koi8R = "KOI8-R"
  case koi8U = "KOI8-U"
  case macRoman = "Macintosh"
  case dos437 = "IBM437"
  case dos850 = "IBM850"
  case dos852 = "IBM852"
  case dos866 = "IBM866"
  case shiftJIS = "Shift-JIS"
  case eucJP = "EUC-JP"
  case iso2022JP = "ISO-2022-JP"
  case gb18030 = "GB18030"
  case big5 = "Big5"
  case eucKR = "EUC-KR"
  case iso2022KR = "ISO-2022-KR"

  /// The character set that a label names, or nil where it names none that is known.
  ///
  /// As web browsers do, the national standards are read as the Windows code pages that extend them.
  init?(label: String) {
    let name = label.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard !name.isEmpty, name.count <= 40 else { return nil }
    if let known = Self.aliases[name] {
      self = known
      return
    }
    for prefix in ["windows", "xcp", "cp", "ms", "ibm"] where name.hasPrefix(prefix) {
      guard let page = Int(name.dropFirst(prefix.count)) else { continue }
      guard let known = CharacterSet(codePage: page) else { return nil }
      self = known
      return
    }
    let match = Self.allCases.first {
      $0.rawValue.lowercased().filter { $0.isLetter || $0.isNumber } == name
    }
    guard let match else { return nil }
    self = match
  }

  /// The character set of a Windows or DOS code page number.
  init?(codePage: Int) {
    switch codePage {
    case 437: self = .dos437
    case 850, 858: self = .dos850
    case 852: self = .dos852
    case 866: self = .dos866
    case 874: self = .windows874
    case 932: self = .shiftJIS
    case 936, 54936, 20936: self = .gb18030
    case 949, 51949, 1361: self = .eucKR
    case 950, 951: self = .big5
    case 1200: self = .utf16LittleEndian
    case 1201: self = .utf16BigEndian
    case 1250: self = .windows1250
    case 1251: self = .windows1251
    case 1252, 28591, 20127: self = .windows1252
    case 1253: self = .windows1253
    case 1254, 28599: self = .windows1254
    case 1255: self = .windows1255
    case 1256: self = .windows1256
    case 1257: self = .windows1257
    case 1258: self = .windows1258
    case 10000: self = .macRoman
    case 20866: self = .koi8R
    case 21866: self = .koi8U
    case 28592: self = .latin2
    case 28595: self = .isoCyrillic
    case 28597: self = .isoGreek
    case 28605: self = .latin9
    case 50220, 50221, 50222: self = .iso2022JP
    case 50225: self = .iso2022KR
    case 51932, 20932: self = .eucJP
    case 65000: self = .utf7
    case 65001: self = .utf8
    default: return nil
    }
  }

  /// The name that the C library's converter knows it by.
  var converterName: String {
    switch self {
    case .windows874: "CP874"
    case .windows1250: "CP1250"
    case .windows1251: "CP1251"
    case .windows1252: "CP1252"
    case .windows1253: "CP1253"
    case .windows1254: "CP1254"
    case .windows1255: "CP1255"
    case .windows1256: "CP1256"
    case .windows1257: "CP1257"
    case .windows1258: "CP1258"
    case .shiftJIS: "CP932"
    case .eucKR: "CP949"
    case .big5: "CP950"
    case .macRoman: "MACINTOSH"
    default: rawValue
    }
  }

  /// How its characters lie in bytes, where every one can be found without what stands before it.
  var layout: DecodedText.Encoding? {
    switch self {
    case .utf8: .utf8
    case .utf16LittleEndian: .utf16LittleEndian
    case .utf16BigEndian: .utf16BigEndian
    case .utf7, .iso2022JP, .iso2022KR: nil
    case .shiftJIS: .shiftJIS
    case .eucJP: .eucJP
    case .gb18030: .gb18030
    case .big5, .eucKR: .doubleByte
    default: .singleByte
    }
  }

  private static let aliases: [String: CharacterSet] = [
    "usascii": .windows1252, "ascii": .windows1252, "iso88591": .windows1252,
    "latin1": .windows1252, "l1": .windows1252, "iso885911": .windows874, "tis620": .windows874,
    "iso88599": .windows1254, "latin5": .windows1254, "iso88598i": .isoHebrew,
    "latin2": .latin2, "latin9": .latin9, "koi8": .koi8R, "koi8r": .koi8R, "koi8u": .koi8U,
    "mac": .macRoman, "xmacroman": .macRoman, "sjis": .shiftJIS, "xsjis": .shiftJIS,
    "windows31j": .shiftJIS, "mskanji": .shiftJIS, "ujis": .eucJP, "xeucjp": .eucJP,
    "gb2312": .gb18030, "gbk": .gb18030, "xgbk": .gb18030, "euccn": .gb18030, "hzgb2312": .gb18030,
    "big5hkscs": .big5, "xxbig5": .big5, "ksc56011987": .eucKR, "ksc5601": .eucKR, "uhc": .eucKR,
    "korean": .eucKR, "utf16": .utf16LittleEndian, "unicode": .utf16LittleEndian,
    "unicode11utf8": .utf8, "unicode11utf7": .utf7,
  ]
}
