import Foundation

/// Reads a file from beginning to end through a buffer, and counts its lines.
struct InputBytes {
  /// The most bytes of one item.
  static let itemLimit = 64 << 20
  private static let chunk = 1 << 20

  private let more: () throws -> Data?
  private var buffer: [UInt8] = []
  private var start = 0
  private var isComplete = false
  /// The number of the line that the next byte stands on, from 1.
  private(set) var line = 1

  /// Reads a file from its beginning.
  init(file: FileHandle) {
    more = { try file.read(upToCount: Self.chunk) }
  }

  /// Reads bytes that are in memory, a few at a time.
  init(_ bytes: Data, chunk: Int = 1 << 20) {
    var rest = bytes[...]
    more = {
      defer { rest = rest.dropFirst(chunk) }
      return rest.isEmpty ? nil : rest.prefix(chunk)
    }
  }

  /// The byte that stands some way ahead; nil behind the end.
  mutating func byte(at offset: Int) throws -> UInt8? {
    if start + offset >= buffer.count, try !load(offset + 1) { return nil }
    return buffer[start + offset]
  }

  /// The bytes ahead, as many as there are up to a number.
  mutating func peek(_ count: Int) throws -> ArraySlice<UInt8> {
    _ = try load(count)
    return buffer[start...].prefix(count)
  }

  /// The offset of a byte ahead, looking from an offset on up to the limit for one item; where there is
  /// none, the end of the file or the limit, and false.
  mutating func offset(of byte: UInt8, from: Int) throws -> (offset: Int, isFound: Bool) {
    var from = from
    while true {
      if start + from < buffer.count, let found = buffer[(start + from)...].firstIndex(of: byte) {
        return (found - start, true)
      }
      from = max(from, buffer.count - start)
      if from >= Self.itemLimit { return (from, false) }
      if try !load(from + 1) { return (buffer.count - start, false) }
    }
  }

  /// Takes bytes that have been looked at.
  mutating func take(_ count: Int) -> [UInt8] {
    let taken = buffer[start...].prefix(count)
    start += taken.count
    for byte in taken where byte == 0x0A { line += 1 }
    return Array(taken)
  }

  /// Passes over bytes that have been looked at.
  mutating func skip(_ count: Int) {
    let passed = buffer[start...].prefix(count)
    start += passed.count
    for byte in passed where byte == 0x0A { line += 1 }
  }

  /// Passes over blanks and line ends.
  mutating func skipSpace() throws {
    while let byte = try byte(at: 0), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      skip(1)
    }
  }

  /// The next line without its end; nil at the end of the file.
  ///
  /// - Throws: ``ItemFault`` where it is longer than an item may be; it is passed over.
  mutating func nextLine() throws -> [UInt8]? {
    guard try byte(at: 0) != nil else { return nil }
    var (end, isFound) = try offset(of: 0x0A, from: 0)
    if !isFound, end >= Self.itemLimit {
      while !isFound, try byte(at: 0) != nil {
        skip(end)
        (end, isFound) = try offset(of: 0x0A, from: 0)
      }
      skip(end + 1)
      throw ItemFault("it is longer than \(Self.itemLimit >> 20) MiB")
    }
    var bytes = take(end)
    skip(isFound ? 1 : 0)
    if bytes.last == 0x0D { bytes.removeLast() }
    return bytes
  }

  /// Makes some bytes available; false where the file has fewer.
  private mutating func load(_ count: Int) throws -> Bool {
    while buffer.count - start < count {
      if isComplete { return false }
      // Moved only when half is used up, so that each byte is moved a bounded number of times.
      if start > buffer.count / 2 {
        buffer.removeFirst(start)
        start = 0
      }
      if let data = try more(), !data.isEmpty {
        buffer.append(contentsOf: data)
      } else {
        isComplete = true
      }
    }
    return true
  }
}
