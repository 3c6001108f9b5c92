/// Reads the parts of a GGUF header one after another, never beyond the end.
struct GGUFReader {
  private let bytes: UnsafeRawBufferPointer
  private let path: String
  /// Where the next value begins.
  private(set) var offset = 0
  /// Elements of arrays read so far.
  private var elements = 0

  /// The most array elements of one file: four arrays for a vocabulary of four million.
  private static let mostElements = 1 << 24

  init(_ bytes: UnsafeRawBufferPointer, path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// How many bytes are left.
  var remaining: Int { bytes.count - offset }

  mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type
  ) throws(LanguageModelError) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else { throw endsEarly() }
    defer { offset += size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// A count or size as the format states it, in 64 bits.
  mutating func size() throws(LanguageModelError) -> Int {
    let value = try integer(UInt64.self)
    guard let size = Int(exactly: value) else {
      throw malformed("It states a size of \(value).")
    }
    return size
  }

  mutating func string() throws(LanguageModelError) -> String {
    let length = try size()
    guard length <= remaining else { throw endsEarly() }
    defer { offset += length }
    return String(decoding: bytes[offset..<offset + length], as: UTF8.self)
  }

  mutating func value() throws(LanguageModelError) -> GGUFValue {
    let type = try integer(UInt32.self)
    guard type != 9 else { return try array() }
    return switch type {
    case 0...3, 5, 4, 10, 11: .integer(try integer(ofType: type))
    case 6: .float(Double(Float(bitPattern: try integer(UInt32.self))))
    case 12: .float(Double(bitPattern: try integer(UInt64.self)))
    case 7: .bool(try integer(UInt8.self) != 0)
    case 8: .string(try string())
    default: throw malformed("A value of its metadata has the unknown type \(type).")
    }
  }

  private mutating func integer(ofType type: UInt32) throws(LanguageModelError) -> Int64 {
    switch type {
    case 0: return Int64(try integer(UInt8.self))
    case 1: return Int64(try integer(Int8.self))
    case 2: return Int64(try integer(UInt16.self))
    case 3: return Int64(try integer(Int16.self))
    case 4: return Int64(try integer(UInt32.self))
    case 5: return Int64(try integer(Int32.self))
    case 11: return try integer(Int64.self)
    default:
      let value = try integer(UInt64.self)
      guard let value = Int64(exactly: value) else {
        throw malformed("A value of its metadata is \(value), more than anything here can be.")
      }
      return value
    }
  }

  private mutating func array() throws(LanguageModelError) -> GGUFValue {
    let type = try integer(UInt32.self)
    let count = try size()
    // Every element has a byte at least: a false count is found before memory is taken for it.
    guard count <= remaining else { throw endsEarly() }
    elements += count
    guard elements <= Self.mostElements else {
      throw malformed("Its metadata has arrays of more than \(Self.mostElements) elements.")
    }
    switch type {
    case 0...5, 10, 11:
      var values: [Int64] = []
      for _ in 0..<count { values.append(try integer(ofType: type)) }
      return .integers(values)
    case 6:
      var values: [Float] = []
      for _ in 0..<count { values.append(Float(bitPattern: try integer(UInt32.self))) }
      return .floats(values)
    case 12:
      var values: [Float] = []
      for _ in 0..<count { values.append(Float(Double(bitPattern: try integer(UInt64.self)))) }
      return .floats(values)
    case 7:
      var values: [Bool] = []
      for _ in 0..<count { values.append(try integer(UInt8.self) != 0) }
      return .bools(values)
    case 8:
      var values: [String] = []
      for _ in 0..<count { values.append(try string()) }
      return .strings(values)
    default:
      throw malformed("An array of its metadata has elements of the unsupported type \(type).")
    }
  }

  private func endsEarly() -> LanguageModelError {
    malformed("It ends in the middle of its header.")
  }

  func malformed(_ message: String) -> LanguageModelError {
    LanguageModelError(
      .malformedWeights,
      "The GGUF file is damaged. " + message,
      subject: path,
      remedy: LanguageModelError.getItAgain
    )
  }
}
