import Kernels

/// The element types of a safetensors file.
public enum TensorType: String, Sendable, Decodable {
  /// A truth value in one byte.
  case bool = "BOOL"
  /// Unsigned 8-bit integer.
  case uint8 = "U8"
  /// Signed 8-bit integer.
  case int8 = "I8"
  /// 8-bit float with 5 exponent bits.
  case float8E5M2 = "F8_E5M2"
  /// 8-bit float with 4 exponent bits.
  case float8E4M3 = "F8_E4M3"
  /// Unsigned 16-bit integer.
  case uint16 = "U16"
  /// Signed 16-bit integer.
  case int16 = "I16"
  /// IEEE 754 half precision.
  case float16 = "F16"
  /// The upper half of a 32-bit float.
  case bfloat16 = "BF16"
  /// Unsigned 32-bit integer.
  case uint32 = "U32"
  /// Signed 32-bit integer.
  case int32 = "I32"
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// Unsigned 64-bit integer.
  case uint64 = "U64"
  /// Signed 64-bit integer.
  case int64 = "I64"
  /// IEEE 754 double precision.
  case float64 = "F64"

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// How the kernels call it, where it is a float that models' weights are stored as.
  var encoding: TensorEncoding? {
    switch self {
    case .float32: .f32
    case .float16: .f16
    case .bfloat16: .bf16
    default: nil
    }
  }
}
