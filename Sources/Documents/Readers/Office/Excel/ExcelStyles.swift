/// How a workbook shows its numbers.
struct ExcelStyles {
  /// What a number stands for.
  enum Shape {
    case number
    case date, time, dateAndTime, duration
    /// With so many digits after the point.
    case percent(Int)
  }

  private var shapes: [Shape] = []

  init() {}

  init(_ root: XMLElement) {
    var codes: [Int: String] = [:]
    for format in root.first("x:numFmts")?.all("x:numFmt") ?? [] {
      if let id = format.attributes.int("numFmtId") { codes[id] = format["formatCode"] ?? "" }
    }
    var known: [Int: Shape] = [:]
    for format in root.first("x:cellXfs")?.all("x:xf") ?? [] {
      let id = format.attributes.int("numFmtId") ?? 0
      let shape = known[id] ?? codes[id].map(Self.shape) ?? Self.usual(id)
      known[id] = shape
      shapes.append(shape)
    }
  }

  func shape(_ style: Int?) -> Shape {
    guard let style, shapes.indices.contains(style) else { return .number }
    return shapes[style]
  }

  /// The formats that every program knows by number (ISO/IEC 29500-1, 18.8.30).
  private static func usual(_ id: Int) -> Shape {
    switch id {
    case 9: .percent(0)
    case 10: .percent(2)
    case 14...17, 27...31, 34...36, 50...54, 57, 58: .date
    case 18...21, 32, 33, 45, 47, 55, 56: .time
    case 22: .dateAndTime
    case 46: .duration
    default: .number
    }
  }

  /// What a format code shows, by the signs that are not quoted in its first section.
  static func shape(_ code: String) -> Shape {
    var signs = ""
    var isQuoted = false
    var bracket: String?
    var isEscaped = false
    var isDuration = false
    scan: for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
        continue
      }
      if let open = bracket {
        bracket = character == "]" ? nil : open + String(character)
        if character == "]", ["h", "hh", "m", "mm", "s", "ss"].contains(open) { isDuration = true }
        continue
      }
      switch character {
      case "\"": isQuoted.toggle()
      case _ where isQuoted: continue
      case "\\", "_", "*": isEscaped = true
      case "[": bracket = ""
      case ";": break scan
      default: signs.append(character)
      }
    }
    if isDuration { return .duration }
    if signs.contains("general") { return .number }
    let hasDay = signs.contains("y") || signs.contains("d")
    let hasTime = signs.contains("h") || signs.contains("s")
    if hasDay { return hasTime ? .dateAndTime : .date }
    if hasTime { return .time }
    if signs.contains("m"), !signs.contains("0"), !signs.contains("#") { return .date }
    guard signs.contains("%") else { return .number }
    let decimals = signs.drop { $0 != "." }.dropFirst().prefix { $0 == "0" || $0 == "#" }.count
    return .percent(min(decimals, 10))
  }
}
