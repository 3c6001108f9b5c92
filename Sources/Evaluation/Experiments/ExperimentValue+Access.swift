extension ExperimentValue {
  /// The number, whole or not; nil where the value is none.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The whole number; nil where the value is none.
  package var whole: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The text; nil where the value is none.
  package var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The map; nil where the value is none.
  package var map: [String: ExperimentValue]? {
    if case .map(let values) = self { values } else { nil }
  }
}
