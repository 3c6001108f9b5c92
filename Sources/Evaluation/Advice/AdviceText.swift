import Foundation

/// Phrases with figures, as the sentences of an advice and of a learning curve hold them.
enum AdviceText {
  /// `12 points`, of a hundred, whatever the sign.
  static func points(_ difference: Double) -> String {
    let figure = FigureText.short(abs(difference) * 100)
    return "\(figure) \(figure == "1" ? "point" : "points")"
  }

  /// `p < 0.001` or `p = 0.012`.
  static func pValue(_ value: Double) -> String {
    let figure = FigureText.pValue(value)
    return figure.hasPrefix("<") ? "p < \(figure.dropFirst())" : "p = \(figure)"
  }

  /// A score or a total from 0 to 1, to two places.
  static func score(_ value: Double) -> String { String(format: "%.2f", value) }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String], _ conjunction: String = "and") -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  /// A number of examples that is an estimate: to two digits, rounded up.
  static func roughly(_ count: Int) -> String {
    FigureText.grouped(twoDigits(Double(count), .up))
  }

  /// The number with two significant digits that lies next to a positive one.
  static func twoDigits(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let power = Int(log10(value).rounded(.down)) - 1
    // A power of ten is exact, its inverse is not: so 2.4 is 24 tenths, not 24 · 0.1.
    if power >= 0 {
      let unit = pow(10, Double(power))
      return (value / unit).rounded(rule) * unit
    }
    let parts = pow(10, Double(-power))
    return (value * parts).rounded(rule) / parts
  }
}
