import Kernels

/// A weight matrix, in 32-bit floats or quantised.
enum DecoderMatrix: Sendable {
  case float(PackedMatrix)
  case quantized(QuantizedMatrix)
}
