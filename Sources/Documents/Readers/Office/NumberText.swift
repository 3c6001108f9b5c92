import Foundation

/// Numbers as a person reads them: 0.3 for a stored 0.30000000000000004, 5 for 5.0.
enum NumberText {
  /// Writes the digits that spreadsheets show; what is no number stays as it is.
  static func write(_ text: String) -> String {
    guard let value = Double(text), value.isFinite else { return text }
    return write(value)
  }

  static func write(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    // Spreadsheets keep 15 digits.
    return String(format: "%.15g", locale: nil, value)
  }
}

extension NumberText {
  /// Writes with at most so many digits after the point.
  static func write(_ value: Double, digits: Int) -> String {
    let factor = pow(10, Double(digits))
    let rounded = (value * factor).rounded() / factor
    return write(rounded.isFinite ? rounded : value)
  }
}
