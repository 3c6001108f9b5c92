public import Kernels

/// A tensor of a GGUF file.
public struct GGUFTensor: Sendable, Equatable {
  /// How its values are stored.
  public let type: TensorEncoding
  /// Its sides, outermost first (the file has them innermost first).
  public let shape: [Int]
  /// Its bytes, counted from the start of the file.
  let bytes: Range<Int>

  /// Bytes of one row, which is a run of values along the innermost side.
  var rowBytes: Int { (shape.last ?? 0) / type.blockValues * type.blockBytes }
}
