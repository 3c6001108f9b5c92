import Foundation

/// How the learning rate changes over the steps of a training.
///
/// The values are those of transformers' `get_constant_schedule_with_warmup`,
/// `get_linear_schedule_with_warmup` and `get_cosine_schedule_with_warmup`: with a warm-up, the very
/// first step has a learning rate of zero.
public enum LearningRateSchedule: String, Sendable, Codable, CaseIterable {
  /// The same after the warm-up.
  case constant
  /// Down to zero on a straight line.
  case linear
  /// Down to zero on half a cosine wave.
  case cosine

  /// What to multiply the learning rate by.
  ///
  /// - Parameters:
  ///   - step: the number of steps taken before.
  ///   - steps: the number of steps of the whole training.
  ///   - warmUp: over how many steps the rate grows from zero.
  /// - Returns: a number from 0 to 1.
  public func factor(atStep step: Int, of steps: Int, warmUp: Int) -> Double {
    if step < warmUp { return Double(step) / Double(max(1, warmUp)) }
    let past = Double(step - warmUp) / Double(max(1, steps - warmUp))
    return switch self {
    case .constant: 1
    case .linear: max(0, Double(steps - step) / Double(max(1, steps - warmUp)))
    case .cosine: max(0, 0.5 * (1 + cos(Double.pi * past)))
    }
  }
}
