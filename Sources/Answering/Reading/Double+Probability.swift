import Foundation

extension Double {
  /// The probability of which this is the natural logarithm; 0 where it is no number.
  var probability: Double { isNaN ? 0 : exp(min(0, self)) }
}
