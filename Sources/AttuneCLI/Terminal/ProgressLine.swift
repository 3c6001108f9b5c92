import Foundation

/// Shows how far long work has come: one line redrawn in place where a person watches standard error,
/// plain lines at intervals elsewhere.
final class ProgressLine {
  private let label: String
  private let isInteractive: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?
  private var isDrawn = false

  private static let barWidth = 24
  private static let redrawInterval = Duration.milliseconds(100)
  private static let plainInterval = Duration.seconds(10)

  init(_ label: String) {
    self.label = Terminal.safeLine(label)
    isInteractive = Terminal.isInteractive(.standardError)
    start = clock.now
  }

  /// Seconds since the work began.
  var seconds: Double { (clock.now - start) / .seconds(1) }

  /// Shows that so many units of the total are done, and what else there is to say, such as a rate.
  func show(done: Int, of total: Int, detail: String) {
    let now = clock.now
    let interval = isInteractive ? Self.redrawInterval : Self.plainInterval
    if let lastShown, now - lastShown < interval { return }
    if lastShown == nil, !isInteractive {
      // The first plain line comes after one interval: short work stays quiet.
      lastShown = now
      return
    }
    lastShown = now
    let share = total > 0 ? min(Double(done) / Double(total), 1) : 0
    let percent = "\(Int((share * 100).rounded()))%"
    guard isInteractive else {
      Terminal.note("\(label): \(percent) (\(done)/\(total)) \(detail)")
      return
    }
    let filled = Int((share * Double(Self.barWidth)).rounded())
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
    Terminal.write("\r\u{1B}[K\(label) \(bar) \(percent) \(detail)", to: .standardError)
    isDrawn = true
  }

  /// Takes the bar away.
  func finish() {
    if isDrawn { Terminal.write("\r\u{1B}[K", to: .standardError) }
    isDrawn = false
  }
}
