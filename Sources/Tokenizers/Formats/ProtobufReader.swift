/// Reads the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/).
struct ProtobufReader {
  /// A field and what it holds.
  struct Field {
    enum Value {
      case number(UInt64)
      case word(UInt32)
      case bytes(Range<Int>)
    }

    var number: Int
    var value: Value
  }

  struct Failure: Error {}

  let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field; nil at the end.
  mutating func next() throws(Failure) -> Field? {
    guard position < end else { return nil }
    let key = try varint()
    guard let number = Int(exactly: key >> 3), number > 0 else { throw Failure() }
    switch key & 7 {
    case 0: return Field(number: number, value: .number(try varint()))
    case 1:
      let low = UInt64(try word())
      return Field(number: number, value: .number(low | UInt64(try word()) << 32))
    case 2:
      guard let count = Int(exactly: try varint()), count <= end - position else {
        throw Failure()
      }
      defer { position += count }
      return Field(number: number, value: .bytes(position..<position + count))
    case 5: return Field(number: number, value: .word(try word()))
    default: throw Failure()
    }
  }

  private mutating func varint() throws(Failure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { throw Failure() }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Failure()
  }

  private mutating func word() throws(Failure) -> UInt32 {
    guard end - position >= 4 else { throw Failure() }
    defer { position += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
  }
}
