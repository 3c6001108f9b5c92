/// The general categories of Unicode, numbered as `UnicodeCategories` keeps them.
enum GeneralCategory: UInt8, CaseIterable {
  case cn, lu, ll, lt, lm, lo, mn, mc, me, nd, nl, no, pc, pd, ps, pe, pi, pf, po, sm, sc, sk, so
  case zs, zl, zp, cc, cf, co, cs

  /// The bit of this category in a set of categories.
  var bit: UInt32 { 1 << UInt32(rawValue) }

  /// The categories that a name such as `Lu`, `L` or `Letter` stands for, one bit each; nil for an
  /// unknown name.
  static func bits(named name: String) -> UInt32? {
    let key = name.lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }
    if key == "any" { return .max }
    if key == "assigned" { return ~cn.bit }
    let short = longNames[key] ?? key
    if short == "lc" || short == "l&" { return lu.bit | ll.bit | lt.bit }
    let matching = allCases.filter { category in
      let spelled = "\(category)"
      return spelled == short || short.count == 1 && spelled.hasPrefix(short)
    }
    return matching.isEmpty ? nil : matching.reduce(0) { $0 | $1.bit }
  }

  private static let longNames = [
    "letter": "l", "casedletter": "lc", "uppercaseletter": "lu", "lowercaseletter": "ll",
    "titlecaseletter": "lt", "modifierletter": "lm", "otherletter": "lo", "mark": "m",
    "nonspacingmark": "mn", "spacingmark": "mc", "enclosingmark": "me", "number": "n",
    "decimalnumber": "nd", "letternumber": "nl", "othernumber": "no", "punctuation": "p",
    "connectorpunctuation": "pc", "dashpunctuation": "pd", "openpunctuation": "ps",
    "closepunctuation": "pe", "initialpunctuation": "pi", "finalpunctuation": "pf",
    "otherpunctuation": "po", "symbol": "s", "mathsymbol": "sm", "currencysymbol": "sc",
    "modifiersymbol": "sk", "othersymbol": "so", "separator": "z", "spaceseparator": "zs",
    "lineseparator": "zl", "paragraphseparator": "zp", "other": "c", "control": "cc",
    "format": "cf", "surrogate": "cs", "privateuse": "co", "unassigned": "cn",
  ]
}
