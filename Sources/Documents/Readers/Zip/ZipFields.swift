/// Little-endian numbers at places in an archive; nil outside it.
struct ZipFields {
  let bytes: ArraySlice<UInt8>

  var count: Int { bytes.count }

  func number(_ offset: Int, bytes width: Int) -> Int? {
    bytes.littleEndian(at: offset, bytes: width)
  }

  func slice(_ offset: Int, _ length: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, length >= 0, offset <= bytes.count, length <= bytes.count - offset else {
      return nil
    }
    let start = bytes.startIndex + offset
    return bytes[start..<start + length]
  }

  /// Whether the two letters `PK` and the two given bytes stand here.
  func isMark(_ offset: Int, _ third: UInt8, _ fourth: UInt8) -> Bool {
    slice(offset, 4)?.elementsEqual([0x50, 0x4B, third, fourth]) ?? false
  }
}
