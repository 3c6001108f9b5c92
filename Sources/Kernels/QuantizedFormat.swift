import CKernels

/// How the weights of a ``QuantizedMatrix`` are written. Weights come in groups of 32 inputs of one
/// output.
public enum QuantizedFormat: String, CaseIterable, Sendable, Codable {
  /// Weight = scale · code: codes −127 … 127 and one f16 scale per group, 34 bytes for 32 weights.
  /// The same numbers as GGUF's Q8_0.
  case int8
  /// Weight = scale · code + minimum: codes 0 … 15, an f16 scale and an f16 minimum per group,
  /// 20 bytes for 32 weights. Holds GGUF's Q4_0 and Q4_1 exactly, and Q4_K to f16 precision of its
  /// scales and minima.
  case int4

  var identifier: Int32 {
    switch self {
    case .int8: Int32(CK_INT8.rawValue)
    case .int4: Int32(CK_INT4.rawValue)
    }
  }

  /// Bytes of one group of 32 inputs for a panel of 32 outputs.
  var blockBytes: Int {
    switch self {
    case .int8: Int(CK_INT8_BLOCK)
    case .int4: Int(CK_INT4_BLOCK)
    }
  }
}
