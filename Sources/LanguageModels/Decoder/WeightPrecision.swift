import Kernels

/// In what form a decoder holds its weight matrices. Norms and biases are always 32-bit floats.
public enum WeightPrecision: String, Sendable, CaseIterable, Codable {
  /// 32-bit floats.
  case float32
  /// 8 bits in groups of 32 with a scale each.
  case int8
  /// 4 bits in groups of 32 with a scale and a minimum each; the embeddings and the output weights,
  /// which matter most, in 8 bits.
  case int4

  /// How a matrix is quantised; `nil` for 32-bit floats.
  func format(of tensor: DecoderTensor) -> QuantizedFormat? {
    switch self {
    case .float32: nil
    case .int8: .int8
    case .int4: tensor == .embedding || tensor == .output ? .int8 : .int4
    }
  }
}

extension TensorEncoding {
  /// Whether values come in blocks of codes.
  var isQuantized: Bool { blockValues > 1 }

  /// Whether a value has 4 bits.
  var isFourBits: Bool {
    switch self {
    case .q40, .q41, .q4K: true
    default: false
    }
  }
}
