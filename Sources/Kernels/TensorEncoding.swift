import CKernels

/// How the numbers of a tensor are written in a file: plain floats, or blocks of small codes with
/// scales. The raw values are the type numbers of GGUF files.
///
/// Source: the GGUF specification, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
public enum TensorEncoding: UInt32, CaseIterable, Sendable {
  case f32 = 0
  case f16 = 1
  case q40 = 2
  case q41 = 3
  case q50 = 6
  case q51 = 7
  case q80 = 8
  case q4K = 12
  case q5K = 13
  case q6K = 14
  case bf16 = 30

  /// The name that people know, such as `Q4_K`.
  public var name: String {
    switch self {
    case .f32: "F32"
    case .f16: "F16"
    case .q40: "Q4_0"
    case .q41: "Q4_1"
    case .q50: "Q5_0"
    case .q51: "Q5_1"
    case .q80: "Q8_0"
    case .q4K: "Q4_K"
    case .q5K: "Q5_K"
    case .q6K: "Q6_K"
    case .bf16: "BF16"
    }
  }

  /// Values of one block; 1 for plain floats.
  public var blockValues: Int { ck_block_values(identifier) }

  /// Bytes of one block.
  public var blockBytes: Int { ck_block_bytes(identifier) }

  /// The bytes of so many values, or `nil` if they are not a whole number of blocks, or too many.
  public func byteCount(of values: Int) -> Int? {
    guard values >= 0, values % blockValues == 0 else { return nil }
    let (count, overflow) = (values / blockValues).multipliedReportingOverflow(by: blockBytes)
    return overflow ? nil : count
  }

  var identifier: Int32 { Int32(truncatingIfNeeded: rawValue) }
}
