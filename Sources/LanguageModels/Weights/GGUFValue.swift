/// A value of a GGUF file's metadata.
public enum GGUFValue: Sendable, Equatable {
  /// An integer of any width.
  case integer(Int64)
  /// A float of 32 or 64 bits.
  case float(Double)
  /// A truth value.
  case bool(Bool)
  /// Text; bytes that are no UTF-8 are replaced.
  case string(String)
  /// An array of integers.
  case integers([Int64])
  /// An array of floats.
  case floats([Float])
  /// An array of truth values.
  case bools([Bool])
  /// An array of texts.
  case strings([String])
}
