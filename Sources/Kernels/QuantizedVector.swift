/// A vector in 8-bit integers with one scale: value ≈ code · scale.
///
/// Symmetric: scale = max|x| / 127, codes from -127 to 127, rounded to nearest, ties to even. Each
/// value is off by at most scale / 2.
public struct QuantizedVector: Sendable, Equatable {
  /// One code per component.
  public let codes: [Int8]
  /// What a code of 1 stands for; 0 for the zero vector.
  public let scale: Float

  /// A vector from its parts, such as they were stored.
  public init(codes: [Int8], scale: Float) {
    self.codes = codes
    self.scale = scale
  }

  /// Quantises a vector.
  ///
  /// - Throws: ``KernelError`` if a component is infinite or not a number.
  public init(quantizing vector: [Float]) throws(KernelError) {
    var highest: Float = 0
    for value in vector {
      guard value.isFinite else {
        throw KernelError(
          .invalidValue,
          "A vector to be quantised holds \(value).",
          subject: "quantisation",
          remedy: "Embed the text again; if it stays so, the model's weights are damaged."
        )
      }
      highest = max(highest, abs(value))
    }
    // So small that its inverse overflows: the same as zero for every use of a vector.
    let factor = 127 / highest
    guard highest > 0, factor.isFinite else {
      self.init(codes: [Int8](repeating: 0, count: vector.count), scale: 0)
      return
    }
    self.init(
      codes: vector.map { Int8(clamping: Int(($0 * factor).rounded(.toNearestOrEven))) },
      scale: highest / 127
    )
  }
}
