import Foundation
import Kernels
import TestSupport
import Testing

/// Encoded tensors read as the gguf package reads them. The fixture is made by
/// Scripts/make-gguf-fixture.py.
@Suite struct TensorEncodingTests {
  private struct Record {
    let encoding: TensorEncoding
    let bytes: [UInt8]
    let values: [Float]
  }

  private static func records() throws -> [Record] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/gguf-blocks.bin")
    var data = [UInt8](try Data(contentsOf: url))[...]
    func number() -> UInt32 {
      defer { data = data.dropFirst(4) }
      return data.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    var records: [Record] = []
    while !data.isEmpty {
      let encoding = try #require(TensorEncoding(rawValue: number()))
      let size = Int(number())
      let count = Int(number())
      let bytes = Array(data.prefix(size))
      data = data.dropFirst(size)
      let values = (0..<count).map { _ in Float(bitPattern: number()) }
      records.append(Record(encoding: encoding, bytes: bytes, values: values))
    }
    return records
  }

  @Test(arguments: KernelSet.supported)
  func blocksAreReadAsTheReferenceReadsThem(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    let records = try Self.records()
    #expect(Set(records.map(\.encoding)).union([.f32]) == Set(TensorEncoding.allCases))
    for record in records {
      let found = try kernels.floats(
        record.bytes,
        as: record.encoding,
        count: record.values.count
      )
      // To the bit, in every version; a zero may have either sign only as the reference has it.
      #expect(
        found.map(\.bitPattern) == record.values.map(\.bitPattern),
        "\(record.encoding.name)"
      )
    }
  }

  @Test(arguments: KernelSet.supported)
  func everyHalfIsReadExactly(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    let bits = (0...UInt16.max).map(\.self)
    let bytes = bits.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let found = try kernels.floats(bytes, as: .f16, count: bits.count)
    for (bits, found) in zip(bits, found) {
      let sign: Float = bits & 0x8000 == 0 ? 1 : -1
      let fraction = Float(bits & 0x3FF)
      let exponent = Int(bits >> 10 & 0x1F)
      switch exponent {
      case 0: #expect(found == sign * fraction * 0x1p-24)
      case 31 where fraction == 0: #expect(found == sign * .infinity)
      case 31: #expect(found.isNaN)
      default:
        let scale = Float(sign: .plus, exponent: exponent - 25, significand: 1)
        #expect(found == sign * (1024 + fraction) * scale)
      }
    }
  }

  @Test(arguments: KernelSet.supported)
  func aTensorMayBeReadInPartsOnSeveralThreads(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 51)
    for encoding in TensorEncoding.allCases {
      let count = 256 * 700
      let bytes = random.blocks(encoding, values: count)
      let expected = try KernelSet(.scalar).floats(bytes, as: encoding, count: count)
      var found = [Float](repeating: .nan, count: count)
      try found.withUnsafeMutableBufferPointer { found in
        // One byte in front, as in a mapped file.
        try ([0] + bytes).withUnsafeBytes {
          try kernels.dequantize(
            UnsafeRawBufferPointer(rebasing: $0[1...]),
            as: encoding,
            into: found,
            pool: WorkerPool(threads: 3)
          )
        }
      }
      #expect(found == expected, "\(encoding.name)")
    }
  }

  @Test func sizesAreThoseOfTheFormat() {
    #expect(TensorEncoding.q80.byteCount(of: 64) == 68)
    #expect(TensorEncoding.q4K.byteCount(of: 512) == 288)
    #expect(TensorEncoding.q6K.byteCount(of: 256) == 210)
    #expect(TensorEncoding.bf16.byteCount(of: 3) == 6)
    #expect(TensorEncoding.q40.byteCount(of: 33) == nil)
    #expect(TensorEncoding.f32.byteCount(of: .max) == nil)
    #expect(TensorEncoding.f32.byteCount(of: -4) == nil)
    #expect(TensorEncoding(rawValue: 9) == nil)
  }

  @Test func lengthsThatDoNotFitAreErrors() throws {
    let kernels = try KernelSet.active()
    #expect(throws: KernelError.self) {
      try kernels.floats([UInt8](repeating: 0, count: 33), as: .q80, count: 32)
    }
    #expect(throws: KernelError.self) {
      try kernels.floats([UInt8](repeating: 0, count: 34), as: .q80, count: 31)
    }
    #expect(try kernels.floats([], as: .q80, count: 0).isEmpty)
  }
}
