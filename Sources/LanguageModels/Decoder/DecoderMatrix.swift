import Kernels

/// A weight matrix, in 32-bit floats or quantised.
enum DecoderMatrix: Sendable {
  case float(PackedMatrix)
  case quantized(QuantizedMatrix)

  /// Length of the vectors that come out.
  var outputs: Int {
    switch self {
    case .float(let matrix): matrix.outputs
    case .quantized(let matrix): matrix.outputs
    }
  }
}
