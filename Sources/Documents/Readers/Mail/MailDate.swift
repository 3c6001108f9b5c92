/// Dates as mails write them: `Tue, 5 Mar 2024 14:03:07 +0100 (CET)`.
enum MailDate {
  /// The date in ISO 8601, with the time zone that the mail gives, or nil where it cannot be read.
  static func iso(_ text: String) -> String? {
    let words = text.prefix(200).split { $0.isWhitespace || $0 == "," }
      .map(String.init)
    guard
      let place = words.firstIndex(where: { Self.month($0) != nil }),
      let month = Self.month(words[place])
    else { return nil }
    // The day stands before the month, or after it in the C library's form (`Mar  5 14:03:07 2024`).
    let isDayFirst = place > 0 && Int(words[place - 1]) != nil
    guard let day = Self.number(words, isDayFirst ? place - 1 : place + 1), (1...31).contains(day)
    else { return nil }
    let rest = words[min(words.count, place + (isDayFirst ? 1 : 2))...]
    guard let clock = rest.first(where: { $0.contains(":") }) else {
      guard let year = rest.lazy.compactMap({ Self.year($0) }).first else { return nil }
      return date(year, month, day)
    }
    guard let year = rest.lazy.compactMap({ Self.year($0) }).first else { return nil }
    let parts = clock.split(separator: ":").map { Int($0) ?? -1 }
    guard (2...3).contains(parts.count), (0...23).contains(parts[0]), (0...59).contains(parts[1]),
      parts.count == 2 || (0...60).contains(parts[2])
    else { return date(year, month, day) }
    let offset = rest.lazy.compactMap { zone($0) }.first ?? ""
    let seconds = parts.count == 3 ? parts[2] : 0
    return date(year, month, day) + "T"
      + [parts[0], parts[1], seconds].map(CalendarDay.two)
      .joined(separator: ":") + offset
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    CalendarDay(year: year, month: month, day: day).iso
  }

  private static func number(_ words: [String], _ index: Int) -> Int? {
    words.indices.contains(index) ? Int(words[index]) : nil
  }

  private static func month(_ word: String) -> Int? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard word.count >= 3 else { return nil }
    return names.firstIndex(of: String(word.prefix(3)).lowercased()).map { $0 + 1 }
  }

  private static func year(_ word: String) -> Int? {
    guard word.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(word) else { return nil }
    switch word.count {
    case 2: return value < 50 ? 2000 + value : 1900 + value
    case 4: return (1900...2200).contains(value) ? value : nil
    default: return nil
    }
  }

  private static func zone(_ word: String) -> String? {
    if ["GMT", "UT", "UTC", "Z"].contains(word) { return "Z" }
    guard word.count == 5, let sign = word.first, sign == "+" || sign == "-",
      let value = Int(word.dropFirst()), value >= 0, value % 100 < 60, value < 2400
    else { return nil }
    return value == 0
      ? "Z" : "\(sign)\(CalendarDay.two(value / 100)):\(CalendarDay.two(value % 100))"
  }
}
