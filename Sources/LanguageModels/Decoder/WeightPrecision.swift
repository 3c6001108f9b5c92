/// In what form a decoder holds its weight matrices. Norms and biases are always 32-bit floats.
public enum WeightPrecision: String, Sendable, CaseIterable, Codable {
  /// 32-bit floats.
  case float32
  /// 8 bits in groups of 32 with a scale each.
  case int8
  /// 4 bits in groups of 32 with a scale and a minimum each.
  case int4
}
