import Foundation

/// An axis: the range it covers and where its ticks stand.
struct PlotScale {
  private(set) var lower: Double
  private(set) var upper: Double
  private(set) var ticks: [Double]
  private let decimals: Int

  /// An axis that holds all values, with four to eight ticks at round numbers (1, 2 or 5 times a power
  /// of ten).
  init(_ values: [Double]) {
    let shown = values.filter(Self.canShow)
    var low = shown.min() ?? 0
    var high = shown.max() ?? 1
    // Values at or near zero are shown with the zero line.
    if low > 0, low < 0.5 * high { low = 0 }
    // A range too narrow to label is widened around its middle.
    if high - low < max(1e-10, 1e-9 * max(abs(low), abs(high))) {
      let middle = 0.5 * (low + high)
      let half = max(0.5, 0.5 * abs(middle))
      (low, high) = (middle - half, middle + half)
    }
    let raw = (high - low) / 5
    let power = pow(10, floor(log10(raw)))
    let step = power * ([1, 2, 5].first { $0 * power >= raw * 0.999_999 } ?? 10)
    let first = floor(low / step + 1e-9)
    let last = ceil(high / step - 1e-9)
    lower = first * step
    upper = last * step
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    decimals = max(0, min(12, -Int(floor(log10(step) + 1e-9))))
  }

  /// Whether a value can stand on an axis: a finite number of a size that a label can show.
  static func canShow(_ value: Double) -> Bool { abs(value) <= 1e15 }

  /// Where a value stands on the axis, 0 at its lower and 1 at its upper end.
  func fraction(_ value: Double) -> Double { (value - lower) / (upper - lower) }

  /// A tick's label, with as many decimals as the step between ticks has.
  func label(_ tick: Double) -> String { PlotScale.fixed(tick, decimals: decimals) }

  /// A number with a fixed count of decimals, free of locale; never `-0`.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return text.allSatisfy { "-0.".contains($0) } ? String(text.drop { $0 == "-" }) : text
  }
}
