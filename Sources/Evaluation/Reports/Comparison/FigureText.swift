/// Figures as a person reads them, free of locale. What is not a finite number is shown as `–`.
enum FigureText {
  static let none = "–"

  /// A share as a whole percentage.
  static func percent(_ share: Double?) -> String {
    share.map { whole(100 * $0, unit: "%") } ?? none
  }

  /// A mean share with its interval: `78% (71–85)`.
  static func share(_ share: MeasuredShare?) -> String {
    guard let share else { return none }
    guard let interval = share.interval, interval.lower.isFinite, interval.upper.isFinite else {
      return percent(share.mean)
    }
    return "\(percent(share.mean)) (\(range(interval)))"
  }

  /// The bounds of an interval in percent, without the sign: `71–85`.
  static func range(_ interval: Interval) -> String {
    "\(whole(100 * interval.lower))–\(whole(100 * interval.upper))"
  }

  /// A difference of shares in percentage points, with its sign.
  static func points(_ difference: Double) -> String {
    guard PlotScale.canShow(difference) else { return none }
    let text = PlotScale.fixed(100 * difference, decimals: 1)
    return text.hasPrefix("-") ? "−\(text.dropFirst())" : "+\(text)"
  }

  /// A p value: three decimals, or that it is smaller.
  static func pValue(_ value: Double?) -> String {
    guard let value, value.isFinite else { return none }
    return value < 0.001 ? "<0.001" : PlotScale.fixed(value, decimals: 3)
  }

  /// A count with narrow blanks between thousands.
  static func count(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert("\u{202F}", at: place)
      place -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

  /// A count with its noun: `1 question`, `120 questions`.
  static func count(_ value: Int, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  static func milliseconds(_ value: Double) -> String { seconds(value / 1_000) }

  /// A time in the unit that suits it, with two digits or more.
  static func seconds(_ value: Double?) -> String {
    guard let value, PlotScale.canShow(value) else { return none }
    switch abs(value) {
    case 0: return "0 s"
    case ..<0.0095: return "\(short(1_000 * value)) ms"
    case ..<0.9995: return "\(PlotScale.fixed(1_000 * value, decimals: 0)) ms"
    case ..<60: return "\(short(value)) s"
    case ..<3_600: return "\(short(value / 60)) min"
    case ..<86_400: return "\(short(value / 3_600)) h"
    default: return "\(short(value / 86_400)) d"
    }
  }

  /// An amount of money with its currency, with two significant digits where it is below one.
  static func money(_ value: Double?, currency: String? = nil) -> String {
    guard let value, PlotScale.canShow(value) else { return none }
    let decimals =
      value == 0 || abs(value) >= 1
      ? 2
      : min(
        6,
        PlotScale.fixed(abs(value), decimals: 9)
          .dropFirst(2).prefix { $0 == "0" }.count + 2
      )
    let figure = PlotScale.fixed(value, decimals: decimals)
    return currency.map { "\($0) \(figure)" } ?? figure
  }

  /// Memory in the unit that suits it.
  static func bytes(_ value: Int) -> String {
    guard value > 0 else { return none }
    let size = Double(value)
    switch size {
    case ..<1e6: return "\(short(size / 1e3)) kB"
    case ..<1e9: return "\(short(size / 1e6)) MB"
    default: return "\(short(size / 1e9)) GB"
    }
  }

  /// A number with one decimal below ten and none above; whole numbers have none.
  static func short(_ value: Double) -> String {
    guard PlotScale.canShow(value) else { return none }
    let text = PlotScale.fixed(value, decimals: abs(value) < 9.95 ? 1 : 0)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number with narrow blanks between thousands, where it is whole.
  static func grouped(_ value: Double) -> String {
    Int(exactly: value).map { count($0) } ?? short(value)
  }

  /// A rate or another number that may be far below one: three significant digits at most.
  static func rate(_ value: Double) -> String {
    guard PlotScale.canShow(value) else { return none }
    guard abs(value) < 0.995, value != 0 else { return short(value) }
    let zeros = PlotScale.fixed(abs(value), decimals: 9).dropFirst(2).prefix { $0 == "0" }.count
    var text = PlotScale.fixed(value, decimals: min(9, zeros + 2))
    while text.last == "0" { text.removeLast() }
    return text.last == "." ? String(text.dropLast()) : text
  }

  private static func whole(_ value: Double, unit: String = "") -> String {
    PlotScale.canShow(value) ? PlotScale.fixed(value, decimals: 0) + unit : none
  }
}
