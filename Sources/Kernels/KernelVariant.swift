import CKernels

/// One version of the inner loops, by the instruction set it uses.
public enum KernelVariant: String, CaseIterable, Sendable {
  /// Plain C, the reference the others are tested against.
  case scalar
  /// AVX2 with fused multiply-add (x86-64).
  case avx2
  /// AVX-512 F, BW, DQ and VL; its int8 products use VNNI where the processor has it (x86-64).
  case avx512
  /// Advanced SIMD; its int8 products use the dot-product instructions where the processor has them
  /// (arm64).
  case neon

  var identifier: ck_variant {
    switch self {
    case .scalar: CK_SCALAR
    case .avx2: CK_AVX2
    case .avx512: CK_AVX512
    case .neon: CK_NEON
    }
  }
}
