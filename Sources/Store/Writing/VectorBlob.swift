import Foundation

/// A full-precision vector as the database keeps it: little-endian float32, one after the other.
enum VectorBlob {
  static func data(_ vector: [Float]) -> Data {
    vector.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
  }

  /// The vector in a blob, or nil where its length is not `dimension`.
  static func vector(_ data: Data, dimension: Int) -> [Float]? {
    guard data.count == dimension * 4 else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<dimension).map { index in
        let bits = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }

  /// The inner product with a vector in a blob, summed in double precision; nil where the lengths
  /// differ.
  static func product(_ query: [Float], _ data: Data) -> Double? {
    guard data.count == query.count * 4 else { return nil }
    return data.withUnsafeBytes { bytes in
      var sum = 0.0
      for index in query.indices {
        let bits = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
        let component = Float(bitPattern: UInt32(littleEndian: bits))
        sum += Double(query[index]) * Double(component)
      }
      return sum
    }
  }
}
