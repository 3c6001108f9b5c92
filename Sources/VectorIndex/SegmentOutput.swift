#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Puts sections into a file one after the other and writes the header last.
struct SegmentOutput {
  let file: Int32
  let path: String
  /// Bytes written so far.
  private(set) var position = 0
  private var start = 0
  private var checksum = Checksum()
  private var sections: [SegmentFormat.Section] = []

  init(file: Int32, path: String) {
    self.file = file
    self.path = path
  }

  /// Leaves room for the header and the directory.
  mutating func reserveHeader(sections count: Int) throws {
    let size = SegmentFormat.headerSize + count * SegmentFormat.entrySize
    try pad(to: SegmentFormat.aligned(size))
    start = position
  }

  /// Adds bytes to the current section.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    try System.write(bytes, to: file, path: path)
    checksum.update(bytes)
    position += bytes.count
  }

  /// Ends the current section and begins the next at a multiple of 64.
  mutating func endSection(_ name: String) throws {
    sections.append(
      SegmentFormat.Section(
        name: name,
        offset: start,
        length: position - start,
        checksum: checksum.value
      )
    )
    checksum = Checksum()
    try pad(to: SegmentFormat.aligned(position))
    start = position
  }

  /// Writes header and directory to the room left for them, and returns their checksum.
  mutating func writeHeader(dimension: Int, count: Int, embedder: UInt64) throws
    -> UInt64
  {
    var directory: [UInt8] = []
    for section in sections {
      let name = Array(section.name.utf8.prefix(SegmentFormat.nameSize))
      directory += name + [UInt8](repeating: 0, count: SegmentFormat.nameSize - name.count)
      Self.append(UInt64(section.offset), to: &directory)
      Self.append(UInt64(section.length), to: &directory)
      Self.append(section.checksum, to: &directory)
      Self.append(UInt64(0), to: &directory)
    }
    var header = SegmentFormat.magic
    Self.append(SegmentFormat.version, to: &header)
    Self.append(UInt32(dimension), to: &header)
    Self.append(UInt64(count), to: &header)
    Self.append(embedder, to: &header)
    Self.append(UInt32(sections.count), to: &header)
    Self.append(UInt32(0), to: &header)
    Self.append(UInt64(position), to: &header)
    let sum = (header + directory).withUnsafeBytes { Checksum.of($0) }
    Self.append(sum, to: &header)
    Self.append(UInt64(0), to: &header)
    guard lseek(file, 0, SEEK_SET) == 0 else {
      throw System.failure("The index segment could not be written.", path: path)
    }
    try (header + directory).withUnsafeBytes { bytes in
      try System.write(bytes, to: file, path: path)
    }
    return sum
  }

  private mutating func pad(to end: Int) throws {
    let zeros = [UInt8](repeating: 0, count: end - position)
    try zeros.withUnsafeBytes { bytes in
      try System.write(bytes, to: file, path: path)
    }
    position = end
  }

  private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
