/// Conversion of stored floats to 32-bit floats.
package enum TensorConversion {
  /// Reads little-endian floats of a type; `values` must hold as many elements as `bytes`.
  ///
  /// Types other than the three float types give zeros.
  static func convert(
    _ bytes: UnsafeRawBufferPointer,
    of type: TensorType,
    into values: UnsafeMutableBufferPointer<Float>
  ) {
    for index in values.indices {
      let value: Float
      switch type {
      case .float32:
        let bits = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        value = Float(bitPattern: UInt32(littleEndian: bits))
      case .float16:
        let bits = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
        value = float(half: UInt16(littleEndian: bits))
      case .bfloat16:
        let bits = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
        value = Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
      default:
        value = 0
      }
      values.initializeElement(at: index, to: value)
    }
  }

  /// An IEEE 754 half-precision float by its bits. (`Float16` does not exist on every platform.)
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      // Zero and subnormal numbers: fraction · 2⁻²⁴, exact in 32 bits.
      let magnitude = Float(fraction) * Float(bitPattern: 0x3380_0000)
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 31:
      return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default:
      return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
