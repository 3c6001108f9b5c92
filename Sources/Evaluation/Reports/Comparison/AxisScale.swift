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

  /// A logarithmic axis that holds all values that it can show, with a margin; nil where it can show
  /// none. Ticks stand at the values themselves where these are wanted, few and apart.
  init?(logarithmic values: [Double], ticksAtValues: Bool = false) {
    let powers = (-12...15).map { pow(10, Double($0)) }
    func steps(_ factors: [Double]) -> [Double] {
      powers.flatMap { power in factors.map { $0 * power } }
    }
    let own = Set(values.filter(Self.canShow)).sorted()
    let apart = 0.2 * (log10(own.last ?? 1) - log10(own.first ?? 1))
    let isApart = zip(own, own.dropFirst()).allSatisfy { log10($1) - log10($0) >= apart }
    let candidates = [powers, steps([1, 3]), steps([1, 2, 5]), steps([1, 1.5, 2, 3, 4, 5, 7])]
    self.init(values, ticks: ticksAtValues && isApart ? [own] : candidates)
  }

  /// A logarithmic axis of times in seconds, with ticks at seconds, minutes, hours and days.
  init?(seconds values: [Double]) {
    let small = (-6...0).map { pow(10, Double($0)) }
    func parts(_ factors: [Double]) -> [Double] {
      small.flatMap { power in factors.map { $0 * power } }
    }
    let large = stride(from: 6, through: 12, by: 1).map { 864 * pow(10, Double($0) - 4) }
    let coarse = small + [10, 60, 600, 3_600, 36_000] + large
    let middle = parts([1, 3]) + [10, 30, 60, 300, 1_200, 3_600, 10_800, 36_000] + large
    let fine =
      parts([1, 2, 5]) + [10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 18_000]
      + [36_000, 86_400, 172_800, 432_000] + large.dropFirst()
    let finest = parts([1, 1.5, 2, 3, 4, 5, 7]) + [10, 15, 20, 30, 40, 60, 90, 120, 180, 240, 300]
    self.init(values, ticks: [coarse, middle, fine, finest])
  }

  /// Takes the first ticks of which at least three can be shown, or else the last.
  private init?(_ values: [Double], ticks candidates: [[Double]]) {
    let shown = values.filter(Self.canShow)
    guard let least = shown.min(), let most = shown.max() else { return nil }
    let margin = max(0.15, 0.05 * (log10(most) - log10(least)))
    let (low, high) = (log10(least) - margin, log10(most) + margin)
    let visible = candidates.map { ticks in
      ticks.filter { $0 > 0 && log10($0) >= low && log10($0) <= high }
    }
    let chosen = visible.first { $0.count >= 3 } ?? visible.last ?? []
    // No more than have room for their labels side by side.
    var ticks: [Double] = []
    for tick in chosen {
      let isApart = ticks.last.map { log10(tick / $0) >= 0.18 * (high - low) } ?? true
      if isApart { ticks.append(tick) }
    }
    self.init(
      ticks: ticks,
      lower: low,
      upper: high,
      isLogarithmic: true
    )
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
