import Foundation

/// An axis of a plot: shares from 0 to 100%, or positive values by their logarithm.
struct AxisScale {
  /// Values at which a tick and its label stand.
  private(set) var ticks: [Double]
  private let lower: Double
  private let upper: Double
  private let isLogarithmic: Bool

  /// Shares from 0 to 1.
  static let share = AxisScale(
    ticks: [0, 0.25, 0.5, 0.75, 1],
    lower: 0,
    upper: 1,
    isLogarithmic: false
  )

  private init(ticks: [Double], lower: Double, upper: Double, isLogarithmic: Bool) {
    self.ticks = ticks
    self.lower = lower
    self.upper = upper
    self.isLogarithmic = isLogarithmic
  }

  /// A logarithmic axis that holds all values that it can show, with a margin of a twentieth; nil where
  /// it can show none. Ticks stand at the values themselves where these are few and apart.
  init?(logarithmic values: [Double], ticksAtValues: Bool = false) {
    let shown = values.filter(Self.canShow)
    guard let least = shown.min(), let most = shown.max() else { return nil }
    var (low, high) = (log10(least), log10(most))
    let margin = max(0.15, 0.05 * (high - low))
    (low, high) = (low - margin, high + margin)
    let own = Set(shown).sorted()
    let step = 0.15 * (high - low)
    if ticksAtValues, zip(own, own.dropFirst()).allSatisfy({ log10($1) - log10($0) >= step }) {
      self.init(ticks: own, lower: low, upper: high, isLogarithmic: true)
      return
    }
    let powers = stride(from: floor(low), through: ceil(high), by: 1)
    func ticks(_ steps: [Double]) -> [Double] {
      powers.flatMap { power in steps.map { $0 * pow(10, power) } }
        .filter { log10($0) >= low && log10($0) <= high }
    }
    var found = ticks([1])
    if found.count < 3 { found = ticks([1, 3]) }
    if found.count < 3 { found = ticks([1, 2, 5]) }
    if found.count < 2 { found = ticks([1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]) }
    // A label each, and no more than fit side by side.
    let every = (found.count + 5) / 6
    found = found.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    self.init(ticks: found, lower: low, upper: high, isLogarithmic: true)
  }

  /// Whether a logarithmic axis can show a value.
  static func canShow(_ value: Double) -> Bool { value >= 1e-12 && value <= 1e15 }

  /// Where a value stands, 0 at the lower and 1 at the upper end; nil where it cannot be shown.
  func fraction(_ value: Double) -> Double? {
    guard isLogarithmic else { return value.isFinite ? min(1, max(0, value)) : nil }
    guard Self.canShow(value) else { return nil }
    return (log10(value) - lower) / (upper - lower)
  }
}
