import Foundation

/// The bytes of a small GGUF file, version 3, with tensors of 32-bit floats.
///
/// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
enum GGUFTensorFile {
  /// A tensor: its sides outermost first.
  typealias Tensor = (name: String, shape: [Int], values: [Float])

  /// A value of the metadata.
  enum Value {
    case string(String)
    case float(Float)
  }

  private static let alignment = 32

  static func data(_ metadata: [(String, Value)], _ tensors: [Tensor]) -> Data {
    var data = Data("GGUF".utf8)
    append(UInt32(3), to: &data)
    append(UInt64(tensors.count), to: &data)
    append(UInt64(metadata.count), to: &data)
    for (key, value) in metadata {
      append(key, to: &data)
      switch value {
      case .string(let text):
        append(UInt32(8), to: &data)
        append(text, to: &data)
      case .float(let number):
        append(UInt32(6), to: &data)
        append(number.bitPattern, to: &data)
      }
    }
    var offset = 0
    for tensor in tensors {
      append(tensor.name, to: &data)
      append(UInt32(tensor.shape.count), to: &data)
      for side in tensor.shape.reversed() { append(UInt64(side), to: &data) }
      // Type 0: 32-bit floats.
      append(UInt32(0), to: &data)
      append(UInt64(offset), to: &data)
      offset += padded(4 * tensor.values.count)
    }
    data.append(Data(count: padded(data.count) - data.count))
    for tensor in tensors {
      let bytes = tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
      data.append(bytes)
      data.append(Data(count: padded(bytes.count) - bytes.count))
    }
    return data
  }

  private static func padded(_ count: Int) -> Int {
    (count + alignment - 1) / alignment * alignment
  }

  private static func append(_ value: some FixedWidthInteger, to data: inout Data) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }

  private static func append(_ text: String, to data: inout Data) {
    append(UInt64(text.utf8.count), to: &data)
    data.append(Data(text.utf8))
  }
}
