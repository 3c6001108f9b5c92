extension RTFParser {
  /// Control words that say what the text after them is for.
  static let destinations: [String: RTFState.Destination] = {
    var result: [String: RTFState.Destination] = [
      "stylesheet": .styles, "fonttbl": .fonts, "title": .title, "author": .author,
      "subject": .subject, "listtext": .marker, "pntext": .marker,
    ]
    let skipped = [
      "colortbl", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl",
      "footerr", "footerf", "fldinst", "filetbl", "listtable", "listoverridetable", "revtbl",
      "rsidtbl", "generator", "operator", "creatim", "revtim", "printim", "comment", "doccomm",
      "keywords", "company", "manager", "category", "themedata", "colorschememapping",
      "latentstyles", "datastore", "xmlnstbl", "nonshppict", "nonesttables", "mmathPr", "sp",
      "bkmkstart", "bkmkend", "atnid", "atnauthor", "xe", "tc", "template", "private",
    ]
    for word in skipped { result[word] = .skipped }
    return result
  }()

  /// Control words that stand for a sign.
  static let signs: [String: String] = [
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ",
  ]

  /// The character set of a font by its Windows number.
  static func charset(_ number: Int) -> CharacterSet? {
    switch number {
    case 0: .windows1252
    case 77: .macRoman
    case 128: .shiftJIS
    case 129: .eucKR
    case 134: .gb18030
    case 136: .big5
    case 161: .windows1253
    case 162: .windows1254
    case 163: .windows1258
    case 177: .windows1255
    case 178: .windows1256
    case 186: .windows1257
    case 204: .windows1251
    case 222: .windows874
    case 238: .windows1250
    case 255: .dos437
    default: nil
    }
  }
}
