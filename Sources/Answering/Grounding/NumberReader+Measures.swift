/// Units, currencies, dates and times.
extension NumberReader {
  static let scales: [String: Double] = [
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "millions": 1e6, "billions": 1e9, "mio": 1e6, "mrd": 1e9,
  ]

  static let suffixes: [String: Double] = ["k": 1e3, "mn": 1e6, "bn": 1e9, "tn": 1e12]

  /// Units in one spelling.
  static let units: [String: String] = {
    let spellings: [String: [String]] = [
      "%": ["percent", "pct", "prozent"],
      "$": ["usd", "dollar", "dollars"], "€": ["eur", "euro", "euros"],
      "£": ["gbp"], "¥": ["jpy", "yen"], "kr": ["nok", "sek", "dkk", "kroner", "krona"],
      "km": ["kilometre", "kilometres", "kilometer", "kilometers"],
      "m": ["metre", "metres", "meter", "meters"],
      "cm": ["centimetre", "centimetres", "centimeter", "centimeters"],
      "mm": ["millimetre", "millimetres", "millimeter", "millimeters"],
      "mi": ["mile", "miles"], "ft": ["foot", "feet"],
      "kg": ["kilogram", "kilograms", "kilo", "kilos"], "g": ["gram", "grams"],
      "t": ["tonne", "tonnes", "ton", "tons"], "lb": ["lbs"],
      "l": ["litre", "litres", "liter", "liters"], "ml": ["millilitre", "millilitres"],
      "h": ["hour", "hours", "hr", "hrs"], "min": ["minute", "minutes", "mins"],
      "s": ["seconds", "sec", "secs"], "ms": ["millisecond", "milliseconds"],
      "day": ["days"], "week": ["weeks"], "month": ["months"], "year": ["years", "yr", "yrs"],
      "kw": ["kilowatt", "kilowatts"], "mw": ["megawatt", "megawatts"],
      "gb": ["gigabyte", "gigabytes"],
      "mb": ["megabyte", "megabytes"],
    ]
    var units: [String: String] = [:]
    for (unit, names) in spellings {
      for name in names + [unit] { units[name] = unit }
    }
    return units
  }()

  private static let currencies: [Unicode.Scalar: String] = [
    "$": "$", "€": "€", "£": "£", "¥": "¥",
  ]

  /// The currency in front of a number.
  func currency(before index: Int) -> String? {
    var place = tokens[index].range.lowerBound - 1
    if place >= 0, scalars[place] == " " { place -= 1 }
    if place >= 0, let sign = Self.currencies[scalars[place]] { return sign }
    guard index > 0, tokens[index].isJoined, let unit = Self.units[tokens[index - 1].lower] else {
      return nil
    }
    return ["$", "€", "£", "¥", "kr"].contains(unit) ? unit : nil
  }

  /// The unit behind a number that ends before a token.
  func unitBehind(_ end: Int) -> String? {
    let place = tokens[end - 1].range.upperBound
    let sign = scalars[place...].first { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
    if sign == "%" { return "%" }
    if let sign, let currency = Self.currencies[sign] { return currency }
    guard end < tokens.count, tokens[end].isJoined else { return nil }
    let word = tokens[end].lower
    if word == "per", end + 1 < tokens.count, tokens[end + 1].lower == "cent" { return "%" }
    return Self.units[word]
  }

  // MARK: Dates

  private static let months: [String: Int] = {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    var months: [String: Int] = ["sept": 9]
    for (index, name) in names.enumerated() {
      months[name] = index + 1
      months[String(name.prefix(3))] = index + 1
    }
    return months
  }()

  /// Adds the month beside a number, and the day that both name.
  func addMonth(
    beside range: Range<Int>,
    day: Double?,
    into facts: inout [FactText.Fact]
  ) {
    func month(_ index: Int) -> (Int, Int)? {
      guard tokens.indices.contains(index), tokens[index].isCapitalised else { return nil }
      return Self.months[tokens[index].lower].map { (index, $0) }
    }
    var behind = range.upperBound
    if tokens.indices.contains(behind), tokens[behind].lower == "of" { behind += 1 }
    guard let (place, number) = month(behind) ?? month(range.lowerBound - 1) else { return }
    facts.append(fact(place..<(place + 1), keys: ["month:\(number)"]))
    guard let day, (1...31).contains(day), day == day.rounded() else { return }
    let both = min(place, range.lowerBound)..<max(place + 1, range.upperBound)
    facts.append(fact(both, keys: ["day:\(number)-\(Int(day))"]))
  }

  /// The keys of a date in digits: year, month, day, and month with day. Where day and month cannot be
  /// told apart, either reading will do.
  func date(_ text: String) -> [Set<String>]? {
    guard let sign = text.first(where: { !$0.isNumber }), "-/.".contains(sign) else { return nil }
    let parts = text.split(separator: sign, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 }) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    var readings: [(month: Int, day: Int)] = []
    let year: Int
    if parts[0].count == 4 {
      year = numbers[0]
      readings = [(numbers[1], numbers[2])]
    } else if parts[2].count == 4 {
      year = numbers[2]
      readings = [(numbers[1], numbers[0])]
      if sign == "/" { readings.append((numbers[0], numbers[1])) }
    } else {
      return nil
    }
    readings = readings.filter { (1...12).contains($0.month) && (1...31).contains($0.day) }
    guard !readings.isEmpty else { return nil }
    return [
      [String(year)], Set(readings.map { "month:\($0.month)" }),
      Set(readings.map { String($0.day) }),
      Set(readings.map { "day:\($0.month)-\($0.day)" }),
    ]
  }

  // MARK: Times

  func clockTime(_ text: String) -> (Int, Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count <= 2, parts[1].count == 2, let hour = Int(parts[0]),
      let minute = Int(parts[1]), hour <= 24, minute < 60
    else { return nil }
    return (hour, minute)
  }

  /// Whether "am" or "pm" stands at a token, and the token behind it.
  func halfOfDay(_ index: Int) -> (isAfternoon: Bool, end: Int)? {
    guard tokens[index].isJoined else { return nil }
    switch tokens[index].lower {
    case "am": return (false, index + 1)
    case "pm": return (true, index + 1)
    case "a", "p":
      guard index + 1 < tokens.count, tokens[index + 1].lower == "m", tokens[index + 1].isJoined
      else { return nil }
      return (tokens[index].lower == "p", index + 2)
    default: return nil
    }
  }

  static func timeKey(_ time: (Int, Int), isAfternoon: Bool?) -> String {
    var hour = time.0
    if let isAfternoon, (1...12).contains(hour) { hour = hour % 12 + (isAfternoon ? 12 : 0) }
    return "time:\(hour):\(time.1)"
  }
}
