package import Foundation

extension TensorConversion {
  /// 32-bit floats as little-endian floats of a type, rounded to the nearest, ties to even.
  ///
  /// Types other than the three float types give nothing.
  package static func data(_ values: ArraySlice<Float>, as type: TensorType) -> Data {
    switch type {
    case .float32:
      if 1.littleEndian == 1 { return values.withUnsafeBytes { Data($0) } }
      return bytes(values.map { $0.bitPattern.littleEndian })
    case .float16: return bytes(values.map { half($0).littleEndian })
    case .bfloat16: return bytes(values.map { brain($0).littleEndian })
    default: return Data()
    }
  }

  private static func bytes<Bits: FixedWidthInteger>(_ values: [Bits]) -> Data {
    values.withUnsafeBytes { Data($0) }
  }

  /// The bits of the nearest IEEE 754 half-precision float.
  static func half(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let magnitude = bits & 0x7fff_ffff
    if magnitude > 0x7f80_0000 { return sign | 0x7e00 }
    // From halfway between the largest half and the next power of two on: infinity.
    if magnitude >= 0x477f_f000 { return sign | 0x7c00 }
    if magnitude < 0x3880_0000 {
      // Subnormal: a whole number of 2⁻²⁴, which a sum with a float of that grain rounds to.
      let grain = Float(bitPattern: 0x3f00_0000)
      let sum = Float(bitPattern: magnitude) + grain
      return sign | UInt16(truncatingIfNeeded: sum.bitPattern &- grain.bitPattern)
    }
    let rounded = magnitude + 0xfff + (magnitude >> 13 & 1)
    return sign | UInt16(truncatingIfNeeded: (rounded - 0x3800_0000) >> 13)
  }

  /// The bits of the nearest bfloat16.
  static func brain(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (bits + 0x7fff + (bits >> 16 & 1)) >> 16)
  }
}
