/// Reads numbers from bytes that may be too few.
extension ArraySlice<UInt8> {
  /// The number in up to 8 bytes from an offset on, the lowest byte first; nil where they are not there
  /// or the number is too large.
  func littleEndian(at offset: Int, bytes width: Int) -> Int? {
    guard offset >= 0, width <= 8, offset <= count - width else { return nil }
    var value: UInt64 = 0
    for index in 0..<width {
      value |= UInt64(self[startIndex + offset + index]) << UInt64(8 * index)
    }
    return Int(exactly: value)
  }

  func littleEndian16(at offset: Int) -> Int? { littleEndian(at: offset, bytes: 2) }

  func littleEndian32(at offset: Int) -> Int? { littleEndian(at: offset, bytes: 4) }
}
