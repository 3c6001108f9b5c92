import Foundation

/// The time that `strftime_now` tells, as Python's `strftime` writes it in the C locale.
struct TemplateClock {
  private let year: Int
  private let month: Int
  private let day: Int
  private let hour: Int
  private let minute: Int
  private let second: Int
  private let microsecond: Int
  /// Days since Sunday.
  private let weekday: Int
  /// Days since the first of January.
  private let dayOfYear: Int

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  init(_ date: Date, _ timeZone: TimeZone) {
    // Far from any date that is meant, but safe to count with.
    let limit = 1e11
    let offset = Double(timeZone.secondsFromGMT(for: date))
    let seconds = date.timeIntervalSince1970
    let clamped = seconds.isFinite ? min(max(seconds + offset, -limit), limit) : 0
    let whole = clamped.rounded(.down)
    microsecond = min(Int(((clamped - whole) * 1e6).rounded()), 999_999)
    let days = Int((whole / 86_400).rounded(.down))
    let time = Int(whole) - days * 86_400
    hour = time / 3600
    minute = time / 60 % 60
    second = time % 60
    weekday = ((days + 4) % 7 + 7) % 7
    (year, month, day) = Self.civil(days)
    dayOfYear = days - Self.dayNumber(year, 1, 1)
  }

  /// The date of a day counted from the first of January 1970, in the Gregorian calendar.
  private static func civil(_ days: Int) -> (Int, Int, Int) {
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The day of a date, counted from the first of January 1970.
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The time by a format of `strftime`.
  func text(format: String, _ budget: RenderBudget) throws -> String {
    var writer = PythonTextWriter(budget)
    var rest = format.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        try writer.append(String(scalar))
        continue
      }
      var flag: Unicode.Scalar?
      if let next = rest.first, "-_0^#".unicodeScalars.contains(next) { flag = rest.popFirst() }
      guard let code = rest.popFirst() else {
        try writer.append("%")
        break
      }
      try writer.append(try text(of: code, flag: flag, budget))
    }
    return writer.text
  }

  private func text(
    of code: Unicode.Scalar,
    flag: Unicode.Scalar?,
    _ budget: RenderBudget
  ) throws -> String {
    func number(_ value: Int, _ width: Int, _ padding: String = "0") -> String {
      let digits = "\(value)"
      let padding = flag == "-" ? "" : flag == "_" ? " " : flag == "0" ? "0" : padding
      return String(repeating: padding, count: max(width - digits.count, 0)) + digits
    }
    func word(_ text: String) -> String { flag == "^" || flag == "#" ? text.uppercased() : text }
    let halfDay = hour % 12 == 0 ? 12 : hour % 12
    switch code {
    case "Y": return number(year, 0)
    case "C": return number(year / 100, 2)
    case "y": return number((year % 100 + 100) % 100, 2)
    case "m": return number(month, 2)
    case "d": return number(day, 2)
    case "e": return number(day, 2, " ")
    case "H": return number(hour, 2)
    case "k": return number(hour, 2, " ")
    case "I": return number(halfDay, 2)
    case "l": return number(halfDay, 2, " ")
    case "M": return number(minute, 2)
    case "S": return number(second, 2)
    case "f": return number(microsecond, 6)
    case "j": return number(dayOfYear + 1, 3)
    case "w": return number(weekday, 0)
    case "u": return number(weekday == 0 ? 7 : weekday, 0)
    case "U": return number((dayOfYear + 7 - weekday) / 7, 2)
    case "W": return number((dayOfYear + 7 - (weekday + 6) % 7) / 7, 2)
    case "V": return number(isoWeek.week, 2)
    case "G": return number(isoWeek.year, 0)
    case "B": return word(Self.months[month - 1])
    case "b", "h": return word(String(Self.months[month - 1].prefix(3)))
    case "A": return word(Self.days[weekday])
    case "a": return word(String(Self.days[weekday].prefix(3)))
    case "p": return flag == "#" ? (hour < 12 ? "am" : "pm") : (hour < 12 ? "AM" : "PM")
    case "P": return hour < 12 ? "am" : "pm"
    case "Z", "z": return ""
    case "n": return "\n"
    case "t": return "\t"
    case "%": return "%"
    case "D", "x": return try text(format: "%m/%d/%y", budget)
    case "F": return try text(format: "%Y-%m-%d", budget)
    case "T", "X": return try text(format: "%H:%M:%S", budget)
    case "R": return try text(format: "%H:%M", budget)
    case "r": return try text(format: "%I:%M:%S %p", budget)
    case "c": return try text(format: "%a %b %e %H:%M:%S %Y", budget)
    default: throw PythonError.unsupported("The code '%\(code)' of strftime_now")
    }
  }

  /// The week by ISO 8601: the first week of a year is the one with its first Thursday.
  private var isoWeek: (year: Int, week: Int) {
    let thursday = dayOfYear - (weekday + 6) % 7 + 3
    let today = Self.dayNumber(year, month, day)
    let (year, _, _) = Self.civil(today - dayOfYear + thursday)
    let first = Self.dayNumber(year, 1, 1)
    return (year, (today - dayOfYear + thursday - first) / 7 + 1)
  }
}
