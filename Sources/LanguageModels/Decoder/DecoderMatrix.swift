package import Kernels

/// A weight matrix, in 32-bit floats or quantised.
package enum DecoderMatrix: Sendable {
  case float(PackedMatrix)
  case quantized(QuantizedMatrix)
}
