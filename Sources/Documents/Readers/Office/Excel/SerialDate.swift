/// Days as spreadsheets count them, written as ISO 8601.
struct SerialDate {
  /// Whether the days are counted from 1904, as on early Macintoshes, instead of 1900.
  var isFrom1904 = false

  /// The date or time that a number shows, or nil where it stands for none.
  func write(_ value: Double, as shape: ExcelStyles.Shape) -> String? {
    guard value.isFinite, value >= 0, value < 2_958_466 else { return nil }
    var days = Int(value.rounded(.down))
    var seconds = Int(((value - value.rounded(.down)) * 86_400).rounded())
    if seconds == 86_400 {
      days += 1
      seconds = 0
    }
    switch shape {
    case .number, .percent: return nil
    case .time where days == 0: return Self.clock(seconds)
    case .duration:
      return "\(days * 24 + seconds / 3600):" + Self.clock(seconds % 3600).dropFirst(3)
    case .date: return day(days)
    case .time, .dateAndTime: return day(days) + " " + Self.clock(seconds)
    }
  }

  /// Days since 1 January 1970 as a date (Howard Hinnant, chrono-compatible low-level date algorithms).
  private func day(_ serial: Int) -> String {
    // 1900 is taken for a leap year: the days before its March are one later.
    let offset = isFrom1904 ? 24_107 : serial < 60 ? 25_568 : 25_569
    let shifted = serial - offset + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let number = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (number <= 2 ? 1 : 0)
    return "\(year)-\(Self.two(number))-\(Self.two(day))"
  }

  private static func clock(_ seconds: Int) -> String {
    "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
