import Kernels
import TestSupport

extension SplitMix64 {
  /// Blocks of random codes whose scales are moderate numbers.
  mutating func blocks(_ encoding: TensorEncoding, values: Int) -> [UInt8] {
    let count = values / encoding.blockValues
    var bytes: [UInt8] = []
    for _ in 0..<count {
      if encoding == .f32 {
        bytes += withUnsafeBytes(of: Float(normal()), Array.init)
        continue
      }
      var block = (0..<encoding.blockBytes).map { _ in UInt8.random(in: 0...255, using: &self) }
      // The upper byte of each f16 or BF16 number: between 2⁻¹⁰ and 2³, of either sign.
      let exponents: ClosedRange<UInt8> = encoding == .bf16 ? 0x3B...0x40 : 0x14...0x28
      for place in Self.halves(encoding) {
        block[place + 1] =
          UInt8.random(in: exponents, using: &self) | (Bool.random(using: &self) ? 0x80 : 0)
      }
      // The least code that 8 bits can have is not used.
      if encoding == .q80 { for index in 2..<34 where block[index] == 0x80 { block[index] = 0x81 } }
      bytes += block
    }
    return bytes
  }

  private static func halves(_ encoding: TensorEncoding) -> [Int] {
    switch encoding {
    case .f32: []
    case .f16, .q40, .q50, .q80, .bf16: [0]
    case .q41, .q51, .q4K, .q5K: [0, 2]
    case .q6K: [208]
    }
  }
}

extension KernelSet {
  /// Encoded values as an array.
  func floats(_ bytes: [UInt8], as encoding: TensorEncoding, count: Int) throws -> [Float] {
    var values = [Float](repeating: 0, count: count)
    try values.withUnsafeMutableBufferPointer { values in
      try bytes.withUnsafeBytes {
        try dequantize($0, as: encoding, into: values, pool: WorkerPool(threads: 1))
      }
    }
    return values
  }
}
