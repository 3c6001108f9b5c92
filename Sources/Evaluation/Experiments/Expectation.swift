/// What a figure of an experiment must be.
///
/// In a file `{value: 0.62, tolerance: 0.02}`, `{atLeast: 0.6}` or `{atMost: 0.4}`.
public enum Expectation: Codable, Hashable, Sendable {
  /// Within `tolerance` of `value`, edges included.
  case near(Double, tolerance: Double)
  case atLeast(Double)
  case atMost(Double)

  /// Whether a figure is as expected. What is not a number never is.
  public func isMet(by figure: Double) -> Bool {
    switch self {
    // The edge itself may be missed by the rounding of the subtraction.
    case .near(let value, let tolerance):
      abs(figure - value) <= tolerance + 4 * max(abs(figure), abs(value)).ulp
    case .atLeast(let bound): figure >= bound
    case .atMost(let bound): figure <= bound
    }
  }

  /// The expectation in words, such as `≥ 0.6`.
  public var description: String {
    switch self {
    case .near(let value, let tolerance): "\(value) ± \(tolerance)"
    case .atLeast(let bound): "≥ \(bound)"
    case .atMost(let bound): "≤ \(bound)"
    }
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let value = try values.decodeIfPresent(Double.self, forKey: .value)
    let tolerance = try values.decodeIfPresent(Double.self, forKey: .tolerance)
    let atLeast = try values.decodeIfPresent(Double.self, forKey: .atLeast)
    let atMost = try values.decodeIfPresent(Double.self, forKey: .atMost)
    switch (value, tolerance, atLeast, atMost) {
    case (let value?, let tolerance?, nil, nil): self = .near(value, tolerance: tolerance)
    case (nil, nil, let bound?, nil): self = .atLeast(bound)
    case (nil, nil, nil, let bound?): self = .atMost(bound)
    default:
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "an expectation is {value, tolerance}, {atLeast} or {atMost}"
        )
      )
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .near(let value, let tolerance):
      try values.encode(value, forKey: .value)
      try values.encode(tolerance, forKey: .tolerance)
    case .atLeast(let bound): try values.encode(bound, forKey: .atLeast)
    case .atMost(let bound): try values.encode(bound, forKey: .atMost)
    }
  }

  var numbers: [Double] {
    switch self {
    case .near(let value, let tolerance): [value, tolerance]
    case .atLeast(let bound), .atMost(let bound): [bound]
    }
  }

  private enum CodingKeys: String, CodingKey {
    case value, tolerance, atLeast, atMost
  }
}
