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
    case .time where days == 0: return CalendarDay.clock(seconds)
    case .duration:
      return "\(days * 24 + seconds / 3600):" + CalendarDay.clock(seconds % 3600).dropFirst(3)
    case .date: return day(days)
    case .time, .dateAndTime: return day(days) + " " + CalendarDay.clock(seconds)
    }
  }

  private func day(_ serial: Int) -> String {
    // 1900 is taken for a leap year: the days before its March are one later.
    let offset = isFrom1904 ? 24_107 : serial < 60 ? 25_568 : 25_569
    return CalendarDay(daysSince1970: serial - offset).iso
  }
}
