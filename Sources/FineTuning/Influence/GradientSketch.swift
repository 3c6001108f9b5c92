import Kernels
import LanguageModels

/// Projects gradients to few numbers whose products are, on average, those of the gradients.
///
/// A count sketch (Charikar, Chen & Farach-Colton 2002, doi:10.1007/3-540-45465-9_59): every value is
/// added to, or taken from, one of the sketch's places, both drawn at random once. The product of two
/// sketches of D places differs from that of the vectors by about |a| · |b| / √D.
package struct GradientSketch: Sendable {
  /// Numbers of a sketch.
  package let dimension: Int
  /// For each value of the gradient, its place · 2, and 1 more where it is taken off.
  private let places: [UInt32]

  /// A projection; the same numbers give the same one.
  ///
  /// - Parameters:
  ///   - count: how many values a gradient has.
  ///   - dimension: how many a sketch has, 1 to 2³⁰.
  ///   - seed: decides the places.
  package init(count: Int, dimension: Int, seed: UInt64) {
    precondition((1...1 << 30).contains(dimension), "a sketch has places")
    self.dimension = dimension
    var generator = SeededGenerator(seed: seed)
    let bound = UInt64(dimension) * 2
    places = (0..<count).map { _ in
      UInt32(truncatingIfNeeded: generator.next().multipliedFullWidth(by: bound).high)
    }
  }

  /// The sketch of the parameters' gradients, each value multiplied by its factor. O(values).
  ///
  /// - Parameters:
  ///   - parameters: the parameters, as many values as the projection was made for.
  ///   - factors: for each value what it is multiplied by.
  /// - Returns: as many numbers as the sketch has.
  package func sketch(_ parameters: [Parameter], factors: [Float]) -> [Float] {
    precondition(factors.count == places.count, "a factor for each value")
    var result = [Float](repeating: 0, count: dimension)
    var start = 0
    for parameter in parameters {
      let columns = parameter.gradient.columns
      for row in 0..<parameter.gradient.rows {
        parameter.gradient.withRow(row) { values in
          for column in 0..<columns {
            let place = places[start + column]
            let value = values[column] * factors[start + column]
            result[Int(place >> 1)] += place & 1 == 0 ? value : -value
          }
        }
        start += columns
      }
    }
    precondition(start == places.count, "the values that the projection was made for")
    return result
  }
}
