/// Reads numbers from bytes that may be too few.
extension ArraySlice<UInt8> {
  func littleEndian16(at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - 2 else { return nil }
    let base = startIndex + offset
    return Int(self[base]) | Int(self[base + 1]) << 8
  }

  func littleEndian32(at offset: Int) -> Int? {
    guard let low = littleEndian16(at: offset), let high = littleEndian16(at: offset + 2) else {
      return nil
    }
    return low | high << 16
  }
}
